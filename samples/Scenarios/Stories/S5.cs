using FlowGen;
using Scenarios.Services;
using Scenarios.Stage;
using Ship;

namespace Scenarios.Stories;

internal static class S5
{
    private static readonly ShipOrder s_order = new(["ice", "tea", "rice"], new Address("53111"));

    public static async Task TellAsync(Teller teller)
    {
        await teller.SceneAsync("Both boxes are shipped", async scene =>
        {
            Fulfilment done = await scene.EndOf(Workflow(scene, new Carrier(scene.Clock)).RunAsync(s_order));

            scene.Expect("the cold box has its label", "^XA^FDcold 1kg 10^FS^XZ", done.Cold.Label.Zpl);
            scene.Expect("the dry box has its own", "^XA^FDdry 3kg 5^FS^XZ", done.Dry.Label.Zpl);
            await EverythingIsGivenBack(scene);
        });

        await teller.SceneAsync("Nobody carries the dry box", async scene =>
        {
            Carrier carrier = new(scene.Clock) { Refuses = "dry" };
            await scene.FailureOf<InvalidOperationException, Fulfilment>(Workflow(scene, carrier).RunAsync(s_order));

            scene.Expect("the cold box is not waited for", 10, scene.Clock.Elapsed.TotalMilliseconds);
            await EverythingIsGivenBack(scene);
        });
    }

    private static async Task EverythingIsGivenBack(Scene scene)
    {
        // Dry has said that its cleanup need not be waited for.
        FlowCleanUp memory = await scene.Runtime.CleanUpAsync();
        scene.Expect("node instances and states are back in their pools", 0, memory.After.InUse);
    }

    private static FulfilOrder Workflow(Scene scene, Carrier carrier) => new(new ShipParcel(carrier, new MakeLabel())) { Runtime = scene.Runtime };
}
