using Agent;
using FlowGen;
using Scenarios.Services;
using Scenarios.Skills;
using Scenarios.Stage;

namespace Scenarios.Stories;

internal static class S7
{
    private const string Conversation = "ann-1";
    private static readonly UserMessage s_message = new("I want my money back.");

    public static async Task TellAsync(Teller teller)
    {
        await teller.SceneAsync("A small refund needs nobody's approval", async scene =>
        {
            Conversations memory = new(scene.Clock);
            await using SupportAgent.Handle run = Start(scene, memory, price: 20);
            await ListenAsync(scene, run);
            scene.Expect("nobody is asked", expected: false, await IsAskedAsync(scene, run));

            AgentReply reply = await scene.Clock.PassAsync(run.Completion);
            scene.Expect(reply.Text, "I will see to it. The kettle is refunded: 20.", reply.Text);
            scene.Expect("the conversation remembers it", reply.Text, memory.TurnsOf(Conversation).Single());
        });

        await teller.SceneAsync("A large refund is approved", async scene =>
        {
            await using SupportAgent.Handle run = Start(scene, new Conversations(scene.Clock), price: 500);
            await ListenAsync(scene, run);
            scene.Expect("somebody is asked", expected: true, await IsAskedAsync(scene, run));
            scene.Expect("the run waits", NodeState.Waiting, run[SupportAgent.NodeId.Approve]);
            scene.Tell($"asked about a risk of {run.Approve.Request!.Risk}; Ann approves");
            scene.Expect("the answer is taken", expected: true, run.Approve.TrySet(new Approval(Granted: true, "ann")));

            AgentReply reply = await scene.Clock.PassAsync(run.Completion);
            scene.Expect(reply.Text, "I will see to it. The kettle is refunded: 500.", reply.Text);
        });

        await teller.SceneAsync("A large refund, and nobody answers for a day", async scene =>
        {
            await using SupportAgent.Handle run = Start(scene, new Conversations(scene.Clock), price: 500);
            await ListenAsync(scene, run);
            scene.Expect("somebody is asked", expected: true, await IsAskedAsync(scene, run));

            AgentReply reply = await scene.Clock.PassAsync(run.Completion, longestLeap: TimeSpan.FromHours(24));
            scene.Expect("silence is no approval", "Not approved.", reply.Text);
            scene.Expect("it was a day", 1, scene.Clock.Elapsed.Days);
        });
    }

    private static SupportAgent.Handle Start(Scene scene, Conversations memory, decimal price)
    {
        FlowCatalog skills = new([Refund.Descriptor]);
        skills.Use(new Refund(new PurchaseBook(scene.Clock, price)));
        SupportAgent agent = new(new ScriptedModel(scene.Clock), memory, skills) { Runtime = scene.Runtime };
        return agent.Start(s_message, new RunOptions { ConversationId = Conversation });
    }

    private static async Task ListenAsync(Scene scene, SupportAgent.Handle run)
    {
        List<string> tokens = await scene.Clock.PassAsync(ReadAsync(run.Tokens));
        scene.Tell($"heard: {string.Join('|', tokens)}");
        scene.Expect("the tokens came one by one", 5, tokens.Count);
    }

    private static Task<bool> IsAskedAsync(Scene scene, SupportAgent.Handle run) => scene.Clock.PassAsync(run.Approve.WhenPendingAsync().AsTask());

    private static async Task<List<string>> ReadAsync(FlowStream<Token> stream)
    {
        List<string> tokens = [];
        await foreach (Token token in stream)
        {
            tokens.Add(token.Text);
        }

        return tokens;
    }
}
