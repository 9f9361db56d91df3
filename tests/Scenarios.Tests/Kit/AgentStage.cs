using System.Runtime.CompilerServices;
using Agent;
using Scenarios.Skills;

namespace Scenarios.Tests.Kit;

/// <summary>Everything around a support agent, with a gate in each service.</summary>
internal sealed class AgentStage(Journal journal) : ILlm, IMemory, IPurchases
{
    public Gate Recalled { get; init; } = Opened();

    /// <summary>Before each token.</summary>
    public Gate Thought { get; init; } = Opened();

    public Gate Found { get; init; } = Opened();

    public Gate Remembered { get; init; } = Opened();

    public decimal Price { get; init; } = 500;

    /// <summary>Holds the skill.</summary>
    public FlowCatalog Catalog { get; } = new([Refund.Descriptor]);

    public SupportAgent Agent(FlowRuntime runtime)
    {
        Catalog.Use(new Refund(this));
        return new SupportAgent(this, this, Catalog) { Runtime = runtime };
    }

    public async IAsyncEnumerable<Token> StreamAsync(UserMessage m, History h, [EnumeratorCancellation] CancellationToken ct)
    {
        journal.Add($"think({string.Join('|', h.Turns)})");
        foreach (string word in new[] { "One ", "moment." })
        {
            await Thought.Wait(ct).ConfigureAwait(false);
            yield return new Token(word);
        }
    }

    public ValueTask<History> LoadAsync(string conversation, CancellationToken ct)
    {
        journal.Add($"recall({conversation})");
        return Recalled.Wait(new History(["hello"]), ct);
    }

    public ValueTask SaveAsync(string conversation, AgentReply r, CancellationToken ct)
    {
        journal.Add($"remember({conversation}, {r.Text})");
        return Remembered.Wait(ct);
    }

    public ValueTask<Purchase> LastAsync(string criteria, CancellationToken ct)
    {
        journal.Add($"find({criteria})");
        return Found.Wait(new Purchase("kettle", Price), ct);
    }

    private static Gate Opened()
    {
        Gate gate = new();
        gate.Open();
        return gate;
    }
}
