namespace FlowGen.CompilerServices;

/// <summary>How a frame runs a workflow that is chosen while the run is going on.</summary>
public abstract partial class FlowFrame
{
    /// <summary>Runs a chosen workflow as a part of this run.</summary>
    /// <param name="chosen">The workflow.</param>
    /// <param name="node">The node that runs it, in the frame's own graph.</param>
    /// <param name="item">Position of the element; -1 outside of [Each].</param>
    /// <param name="input">What it takes.</param>
    /// <param name="candidates">The workflows that may be chosen; null for any.</param>
    /// <param name="maxDepth">How many such calls may be open inside of each other.</param>
    /// <param name="allowsRecursion">Whether a workflow may be on the stack already.</param>
    /// <param name="token">The node's token.</param>
    /// <exception cref="FlowNotFoundException">The reference is empty.</exception>
    /// <exception cref="FlowInputException">The workflow is none of the candidates.</exception>
    /// <exception cref="FlowDisabledException">It is disabled.</exception>
    /// <exception cref="FlowCycleException">It is on the stack already.</exception>
    /// <exception cref="FlowLimitException">Too many such calls are open.</exception>
    protected internal ValueTask<TOut> RunChosenAsync<TIn, TOut>(
        FlowRef<TIn, TOut> chosen, int node, int item, TIn input, Type[]? candidates, int maxDepth, bool allowsRecursion, CancellationToken token)
    {
        if (chosen.Flow is not { } flow)
        {
            throw new FlowNotFoundException(
                "The FlowRef that the node was given refers to no workflow.",
                Root.Descriptor.Id,
                PathOf(node),
                Root.RunId,
                "Return a reference from FlowCatalog.Get or new FlowRef(workflow), or give the node a condition.");
        }

        FlowDescriptor workflow = flow.Descriptor;
        if (candidates is not null && !Array.Exists(candidates, candidate => candidate.IsInstanceOfType(flow)))
        {
            throw new FlowInputException(
                $"Workflow '{workflow.Id}' was chosen, which is none of the node's Candidates.",
                Root.Descriptor.Id,
                PathOf(node),
                Root.RunId,
                $"Add typeof({workflow.Type.Name}) to the Candidates of [DynamicSubWorkflow], or choose one of them.");
        }

        if (!chosen.IsEnabled || !workflow.Enabled)
        {
            throw new FlowDisabledException(
                workflow.Id,
                PathOf(node),
                Root.RunId,
                chosen.IsEnabled ? null : "Enable it in the catalog, or do not choose it.");
        }

        RefuseCircle(workflow.Id, node, maxDepth, allowsRecursion);
        return flow.RunWithinAsync(this, node, item, input, token);
    }

    private void RefuseCircle(string id, int node, int maxDepth, bool allowsRecursion)
    {
        int depth = 1;
        bool isOnStack = false;
        int at = node;
        for (FlowFrame? frame = this; frame is not null; frame = frame.Parent)
        {
            depth += frame.IsChosen ? 1 : 0;
            isOnStack |= frame.IsWithin(id, at);
            at = frame.Boundary;
        }

        if (isOnStack && !allowsRecursion)
        {
            throw new FlowCycleException(
                StackWith(id, node),
                PathOf(node),
                Root.RunId,
                "Choose another workflow, or set AllowRecursion = true on [DynamicSubWorkflow], which is bounded by MaxDepth.");
        }

        if (depth > maxDepth)
        {
            throw new FlowLimitException(
                $"{maxDepth} run-time chosen calls are open already: {string.Join(" -> ", StackWith(id, node))}.",
                Root.Descriptor.Id,
                PathOf(node),
                Root.RunId,
                "Let the recursion end sooner, or raise MaxDepth on [DynamicSubWorkflow].");
        }
    }

    /// <summary>Whether it was chosen by a node of the frame around it.</summary>
    private bool IsChosen => Parent is { } parent && parent.Graph.Nodes[Boundary].Kind == FlowNodeKind.Dynamic;

    private bool IsWithin(string id, int node)
    {
        for (int at = node; at >= 0; at = Graph.Nodes[at].Parent)
        {
            if (string.Equals(Graph.Nodes[at].Owner, id, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return string.Equals(Descriptor.Id, id, StringComparison.Ordinal);
    }

    /// <summary>The workflows that are open, outermost first, and the one that would be.</summary>
    private List<string> StackWith(string id, int node)
    {
        List<string> stack = [id];
        int at = node;
        for (FlowFrame? frame = this; frame is not null; frame = frame.Parent)
        {
            for (; at >= 0 && frame.Graph.Nodes[at].Depth > 0; at = frame.Graph.Nodes[at].Parent)
            {
                stack.Add(frame.Graph.Nodes[at].Owner);
            }

            stack.Add(frame.Descriptor.Id);
            at = frame.Boundary;
        }

        stack.Reverse();
        return stack;
    }
}
