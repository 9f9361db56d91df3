using System.ComponentModel;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>
/// A workflow as something that can be chosen while a run is going on: every workflow implements it, explicitly. Several inputs are one named tuple; no input and
/// no result are <see cref="FlowUnit"/>.
/// </summary>
/// <typeparam name="TIn">What it takes.</typeparam>
/// <typeparam name="TOut">What it gives.</typeparam>
public interface IFlow<in TIn, TOut>
{
    /// <summary>What the workflow is.</summary>
    FlowDescriptor Descriptor { get; }

    /// <summary>Runs it on its own.</summary>
    /// <param name="input">Its inputs.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    ValueTask<TOut> RunAsync(TIn input, CancellationToken cancellationToken = default);

    /// <summary>Runs it as a part of another run; an implementation that FlowGen did not write runs on its own.</summary>
    /// <param name="parent">The frame that holds the calling node.</param>
    /// <param name="node">The calling node in the parent's own graph.</param>
    /// <param name="item">Position of the element; -1 outside of [Each].</param>
    /// <param name="input">Its inputs.</param>
    /// <param name="cancellationToken">The node's token.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask<TOut> RunWithinAsync(FlowFrame parent, int node, int item, TIn input, CancellationToken cancellationToken) => RunAsync(input, cancellationToken);
}
