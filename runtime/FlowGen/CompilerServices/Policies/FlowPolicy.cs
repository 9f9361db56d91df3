using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>
/// Watches over one node of one frame: the sections that it needs, the time it may take, how often it is tried. This part knows limits and failures;
/// <see cref="FlowPolicy{TResult}"/> runs the tries. It belongs to its frame and serves one execution at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FlowPolicy : IAlarmed
{
    private readonly PolicyRules _rules;

    /// <summary>Makes the policy of a node.</summary>
    /// <param name="frame">The frame that the node belongs to.</param>
    /// <param name="step">Its step.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="rules">What to watch over.</param>
    private protected FlowPolicy(FlowFrame frame, int step, int node, PolicyRules rules)
    {
        Frame = frame;
        Step = step;
        Node = node;
        _rules = rules;
        _timer = new PolicyTimer(this);
        _givesToken = rules is { HasLimit: true, TakesToken: true };
        _failures = rules.Retries.Length == 0 ? [] : new int[rules.Retries.Length];
    }

    /// <summary>Which try this is, from 1.</summary>
    protected internal int Attempt { get; private set; } = 1;

    /// <summary>Position of the element of an [Each]; -1 for none.</summary>
    protected internal int Item { get; protected set; } = -1;

    internal FlowFrame Frame { get; private protected set; }

    internal int Step { get; }

    internal int Node { get; private protected set; }

    internal PolicyRules Rules => _rules;

    /// <summary>The token around the node: that of its region or run.</summary>
    private protected CancellationToken Outer { get; private set; }

    private protected bool IsCancelled => Outer.IsCancellationRequested;

    private protected TimeProvider Clock => Frame.RunRuntime.TimeProvider;
}
