using FlowGen;

namespace Scenarios.Stage;

/// <summary>Says what a run does, a line for each thing that happens: when, and how deep inside of sub-workflows.</summary>
internal sealed class Narrator(TextWriter output, StoryClock clock) : IFlowObserver
{
    public void RunStarted(in FlowContext run) => Say(0, $"{run.Workflow.Id} starts");

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error)
        => Say(0, $"{run.Workflow.Id} {Word(status)}{Reason(error)}");

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error)
    {
        // A sub-workflow's own beginning and end are told as the crossing of its boundary.
        bool isBoundary = node.Node!.Kind is FlowNodeKind.SubWorkflow or FlowNodeKind.Dynamic;
        if (isBoundary && state is NodeState.Executing or NodeState.Completed)
        {
            return;
        }

        string item = node.Item < 0 ? "" : $"[{node.Item}]";
        string attempt = node.Attempt == 1 ? "" : $", try {node.Attempt}";
        Say(1 + node.Depth, $"{node.Path}{item} {Word(state)}{attempt}{Reason(error)}");
    }

    public void SubWorkflowStarted(in FlowContext boundary) => Say(1 + boundary.Depth, $"> {boundary.Path}");

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed)
        => Say(1 + boundary.Depth, $"< {boundary.Path} {Word(outcome)} after {Duration(elapsed)}");

    public void CompensationFailed(in FlowContext node, Exception error) => Say(1 + node.Depth, $"{node.Path} could not be undone{Reason(error)}");

    public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error)
        => Say(1 + node.Depth, $"{node.Path} could not be cleaned{Reason(error)}");

    private static string Word<T>(T state)
        where T : struct, Enum
        => state.ToString().ToLowerInvariant();

    // The name says enough, and messages may name the run, which is another one every time.
    private static string Reason(Exception? error) => error is null ? "" : $": {error.GetType().Name}";

    private static string Duration(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? $"{time.TotalMilliseconds:0} ms" : $"{time.TotalHours:0.0} h";

    private void Say(int depth, string text) => output.WriteLine($"{Duration(clock.Elapsed),10}  {new string(' ', 2 * depth)}{text}");
}
