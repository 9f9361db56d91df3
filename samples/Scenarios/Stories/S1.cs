using Scenarios.Services;
using Scenarios.Stage;
using Shop;

namespace Scenarios.Stories;

internal static class S1
{
    private static readonly Cart s_cart = new(Guid.NewGuid(), [new CartLine("kettle", 1, 30), new CartLine("cup", 4, 5)]);

    public static async Task TellAsync(Teller teller)
    {
        await teller.SceneAsync("Everybody is at work", async scene =>
        {
            CardTerminal payments = new(scene.Clock);
            Post post = new(scene.Clock);
            Receipt receipt = await scene.EndOf(Workflow(scene, payments, post).RunAsync(s_cart));

            scene.Expect("the customer pays 50", 50, receipt.Total);
            scene.Expect("paying takes one try", 1, payments.Tries);
            scene.Expect("the receipt is sent", receipt, post.Sent.Single());
        });

        await teller.SceneAsync("Payments are down twice, the mail server for good", async scene =>
        {
            CardTerminal payments = new(scene.Clock) { Outages = 2 };
            Post post = new(scene.Clock) { IsDown = true };
            Receipt receipt = await scene.EndOf(Workflow(scene, payments, post).RunAsync(s_cart));

            scene.Expect("the customer pays all the same", 50, receipt.Total);
            scene.Expect("paying takes three tries", 3, payments.Tries);
            scene.Expect("no receipt is sent", 0, post.Sent.Count);
        });

        await teller.SceneAsync("Payments stay down", async scene =>
        {
            CardTerminal payments = new(scene.Clock) { Outages = 10 };
            Post post = new(scene.Clock);
            await scene.FailureOf<PaymentUnavailableException, Receipt>(Workflow(scene, payments, post).RunAsync(s_cart));

            scene.Expect("there are three further tries", 4, payments.Tries);
            scene.Expect("no receipt is sent", 0, post.Sent.Count);
        });
    }

    private static Checkout Workflow(Scene scene, CardTerminal payments, Post post)
        => new(new Warehouse(scene.Clock), payments, post) { Runtime = scene.Runtime };
}
