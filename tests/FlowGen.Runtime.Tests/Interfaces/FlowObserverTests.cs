namespace FlowGen.Runtime.Tests.Interfaces;

public sealed class FlowObserverTests
{
    [Fact]
    public void An_observer_implements_only_what_it_listens_to()
    {
        var deaf = new Deaf();
        IFlowObserver observer = deaf;
        var node = new FlowGraphNode("A", FlowNodeKind.Method, "w", -1, 0, "", "");

        observer.RunStarted(default);
        observer.NodeChanged(default, NodeState.Completed, error: null);
        observer.SubWorkflowStarted(default);
        observer.SubWorkflowCompleted(default, RunStatus.Completed, TimeSpan.Zero);
        observer.RunCompleted(default, RunStatus.Completed, TimeSpan.Zero, error: null);
        observer.CleanupFailed(Guid.Empty, node, typeof(object), new InvalidDataException());

        Assert.Equal(1, deaf.Failures);
    }

    private sealed class Deaf : IFlowObserver
    {
        public int Failures { get; private set; }

        public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error) => Failures++;
    }
}
