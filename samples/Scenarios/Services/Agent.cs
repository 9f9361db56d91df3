using System.Runtime.CompilerServices;
using Agent;
using Scenarios.Skills;
using Scenarios.Stage;

namespace Scenarios.Services;

/// <summary>A language model that always says the same.</summary>
internal sealed class ScriptedModel(StoryClock clock) : ILlm
{
    public async IAsyncEnumerable<Token> StreamAsync(UserMessage m, History h, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (string word in new[] { "I ", "will ", "see ", "to ", "it." })
        {
            await clock.WorkAsync(15, ct);
            yield return new Token(word);
        }
    }
}

internal sealed class Conversations(StoryClock clock) : IMemory
{
    private readonly Dictionary<string, List<string>> _turns = new(StringComparer.Ordinal);

    public async ValueTask<History> LoadAsync(string conversation, CancellationToken ct)
    {
        await clock.WorkAsync(5, ct);
        return new History([.. TurnsOf(conversation)]);
    }

    public async ValueTask SaveAsync(string conversation, AgentReply r, CancellationToken ct)
    {
        await clock.WorkAsync(5, ct);
        TurnsOf(conversation).Add(r.Text);
    }

    public List<string> TurnsOf(string conversation)
    {
        if (!_turns.TryGetValue(conversation, out List<string>? turns))
        {
            _turns.Add(conversation, turns = []);
        }

        return turns;
    }
}

internal sealed class PurchaseBook(StoryClock clock, decimal lastPrice) : IPurchases
{
    public async ValueTask<Purchase> LastAsync(string criteria, CancellationToken ct)
    {
        await clock.WorkAsync(25, ct);
        return new Purchase("kettle", lastPrice);
    }
}
