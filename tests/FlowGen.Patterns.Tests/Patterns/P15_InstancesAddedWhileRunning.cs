namespace Patterns.P15_InstancesAddedWhileRunning;

/// <summary>A task is done many times, further instances may be added as long as some are running, and what follows waits for all of them.</summary>
/// <remarks>
/// <see cref="More{T}"/> adds an element to the loop in which the node runs. As the caller's own element has not ended then, the loop cannot end in between.
/// </remarks>
[Workflow]
public sealed partial class InvestigateTheft(IPolice police)
{
    public partial ValueTask<CaseFile> RunAsync(IReadOnlyList<Witness> witnesses, CancellationToken ct = default);

    [Node]
    async ValueTask<Statement> Interview([Each(MaxParallelism = 2)] Witness witness, More<Witness> more, CancellationToken ct)
    {
        Statement statement = await police.InterviewAsync(witness, ct);
        foreach (Witness other in statement.AlsoSaw)
        {
            more.TryAdd(other);
        }

        return statement;
    }

    [Node]
    ValueTask<CaseFile> Close(Statement[] statements, CancellationToken ct) => police.CloseAsync(statements, ct);
}

public sealed record Witness(string Name);

public sealed record Statement(string By, IReadOnlyList<Witness> AlsoSaw);

public sealed record CaseFile(string Statements);

public interface IPolice
{
    ValueTask<Statement> InterviewAsync(Witness witness, CancellationToken ct);

    ValueTask<CaseFile> CloseAsync(Statement[] statements, CancellationToken ct);
}
