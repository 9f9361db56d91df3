namespace FlowGen.Generator.Lowering;

/// <summary>For one activation: the step with which each node, predicate and race settles, and the value it yields.</summary>
internal sealed class LocalSteps(int nodes, int predicates, int races)
{
    private readonly (int Step, int Value)[] _nodes = new (int, int)[nodes];
    private readonly (int Step, int Value)[] _predicates = new (int, int)[predicates];
    private readonly (int Step, int Value)[] _races = new (int, int)[races];

    public void Set(int node, int step, int value) => _nodes[node] = (step, value);

    public void SetPredicate(int predicate, int step, int value) => _predicates[predicate] = (step, value);

    public void SetRace(int race, int step, int value) => _races[race] = (step, value);

    public int StepOf(int node) => _nodes[node].Step;

    public int ValueOf(int node) => _nodes[node].Value;

    public int PredicateStepOf(int predicate) => _predicates[predicate].Step;

    public int PredicateValueOf(int predicate) => _predicates[predicate].Value;

    public (int Step, int Value) Race(int race) => _races[race];

    public int StepOf(LocalItem item) => item.Kind switch
    {
        LocalKind.Node => _nodes[item.Index].Step,
        LocalKind.Predicate => _predicates[item.Index].Step,
        _ => _races[item.Index].Step,
    };
}
