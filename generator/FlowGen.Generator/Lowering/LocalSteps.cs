namespace FlowGen.Generator.Lowering;

/// <summary>For one activation: the step with which each node and predicate settles, and the value it yields.</summary>
internal sealed class LocalSteps(int nodes, int predicates)
{
    private readonly (int Step, int Value)[] _nodes = new (int, int)[nodes];
    private readonly (int Step, int Value)[] _predicates = new (int, int)[predicates];

    public void Set(int node, int step, int value) => _nodes[node] = (step, value);

    public void SetPredicate(int predicate, int step, int value) => _predicates[predicate] = (step, value);

    public int StepOf(int node) => _nodes[node].Step;

    public int ValueOf(int node) => _nodes[node].Value;

    public int PredicateStepOf(int predicate) => _predicates[predicate].Step;

    public int PredicateValueOf(int predicate) => _predicates[predicate].Value;
}
