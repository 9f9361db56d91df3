namespace Patterns.P32_CancellingPartialJoin;

/// <summary>Of M branches the N-th to arrive goes on and cancels the rest.</summary>
/// <remarks>
/// <see cref="ReadyWhenAttribute.CancelRest"/> cancels those of the named nodes that have not settled when the rule says that there are enough.
/// </remarks>
[Workflow]
public sealed partial class CheckFact(ISources sources)
{
    public partial ValueTask<Agreement?> RunAsync(Question question, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Archive(Question question, CancellationToken ct) => sources.AskAsync("archive", question, ct);

    [Node]
    ValueTask<Answer> Agency(Question question, CancellationToken ct) => sources.AskAsync("agency", question, ct);

    [Node]
    ValueTask<Answer> Witness(Question question, CancellationToken ct) => sources.AskAsync("witness", question, ct);

    static Readiness TwoHaveAnswered(ReadOnlySpan<NodeState> sources)
    {
        int answered = 0;
        foreach (NodeState source in sources)
        {
            answered += source == NodeState.Completed ? 1 : 0;
        }

        return answered < 2 ? Readiness.Wait : Readiness.Run;
    }

    [Node, ReadyWhen(nameof(TwoHaveAnswered), nameof(Archive), nameof(Agency), nameof(Witness), CancelRest = true)]
    Agreement Agree([From(nameof(Archive), nameof(Agency), nameof(Witness))] IReadOnlyList<Answer> answers)
        => new(string.Join('+', answers.Select(a => a.Source)));
}

public sealed record Question(string Text);

public sealed record Answer(string Source, string Text);

public sealed record Agreement(string Sources);

public interface ISources
{
    ValueTask<Answer> AskAsync(string source, Question question, CancellationToken ct);
}
