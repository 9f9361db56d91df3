using Desk;
using Scenarios.Services;
using Scenarios.Stage;

namespace Scenarios.Stories;

internal static class S3
{
    public static async Task TellAsync(Teller teller)
    {
        await AnswerAsync(teller, "Billing", new Ticket("Invoice 7", "It is too high.", Anger: 2), " 'Invoice 7' is corrected. -- The desk");
        await AnswerAsync(teller, "Technical", new Ticket("My lamp", "It is dark.", Anger: 0), " It is the fuse. -- The desk");
        await AnswerAsync(teller, "Sales, which nobody handles: a person does", new Ticket("More cups", "", Anger: 0), " A colleague will look at 'More cups'. -- The desk");
        await AnswerAsync(teller, "Billing, and somebody is angry", new Ticket("Invoice 8", "Again!", Anger: 9), "We are sorry. 'Invoice 8' is corrected. -- The desk");

        await teller.SceneAsync("Technical, and nobody is at the desk", async scene =>
        {
            IOException? failure = await scene.FailureOf<IOException, Reply>(Workflow(scene, isClosed: true).RunAsync(new Ticket("My lamp", "", Anger: 0)));
            scene.Expect("the caller gets the desk's own words", "Nobody is there.", failure?.Message);
        });
    }

    private static Task AnswerAsync(Teller teller, string title, Ticket ticket, string expected) => teller.SceneAsync(title, async scene =>
    {
        Reply reply = await scene.EndOf(Workflow(scene).RunAsync(ticket));
        scene.Expect(reply.Text.Trim(), expected, reply.Text);
    });

    private static TicketDesk Workflow(Scene scene, bool isClosed = false)
        => new(new KeywordClassifier(scene.Clock), new BillingDesk(scene.Clock), new TechDesk(scene.Clock) { IsClosed = isClosed }) { Runtime = scene.Runtime };
}
