using System.Runtime.CompilerServices;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scenarios;

public enum Route
{
    Billing,
    Technical,
    Other,
}

public readonly record struct Ticket(int Number, int Anger);

public readonly record struct Diagnosis(int Cause);

public readonly record struct Apology(int Words);

public readonly record struct Reply(int Text);

/// <summary>A switch with three ways, a condition beside it and the merge of all.</summary>
[Workflow]
public sealed partial class Desk(Pump pump)
{
    public partial ValueTask<Reply> RunAsync(Ticket ticket, CancellationToken ct = default);

    /// <summary>The baseline: the switch, written down.</summary>
    public async ValueTask<Reply> ByHand(Ticket ticket, CancellationToken ct)
    {
        Route route = await Classify(ticket, ct).ConfigureAwait(false);
        Apology? apology = IsAngry(ticket) ? Apologise(ticket) : null;
        Reply reply = route switch
        {
            Route.Billing => Billing(ticket),
            Route.Technical => Explain(await Diagnose(ticket, ct).ConfigureAwait(false)),
            _ => Human(ticket),
        };
        return Sign(reply, apology);
    }

    [Node]
    ValueTask<Route> Classify(Ticket ticket, CancellationToken ct) => new((Route)(ticket.Number % 3));

    [Node, When(nameof(Classify), Route.Billing)]
    Reply Billing(Ticket ticket) => new(ticket.Number * 2);

    [Node, When(nameof(Classify), Route.Technical)]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<Diagnosis> Diagnose(Ticket ticket, CancellationToken ct) => new(await pump.Later(ticket.Number).ConfigureAwait(false));

    [Node]
    Reply Explain(Diagnosis diagnosis) => new(diagnosis.Cause + 1);

    [Node, Otherwise(nameof(Classify))]
    Reply Human(Ticket ticket) => new(-ticket.Number);

    static bool IsAngry(Ticket ticket) => ticket.Anger > 7;

    [Node, When(nameof(IsAngry))]
    Apology Apologise(Ticket ticket) => new(ticket.Anger);

    [Node]
    Reply Sign(Reply reply, Apology? apology) => new(reply.Text + (apology?.Words ?? 0));
}
