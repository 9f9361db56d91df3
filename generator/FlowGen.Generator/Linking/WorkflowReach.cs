using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>What a workflow has to do with others, as declared: a cycle of workflows is found even where one of them has other errors.</summary>
internal static class WorkflowReach
{
    public static EquatableArray<WorkflowCall> Calls(WorkflowModel model)
    {
        List<WorkflowCall> calls = [];
        foreach (MethodModel method in Methods(model))
        {
            if (method.Target?.Child is { IsWorkflow: true, IsExternal: false, EntryKey.Length: > 0 } child && KindOf(method) is { } attribute)
            {
                calls.Add(new WorkflowCall(child.EntryKey, method.NodeName, method.Spot.At(attribute), child.IsLinked, EachOf(method)));
            }
        }

        return calls.ToEquatableArray();
    }

    /// <summary>Candidates of dynamic calls that do not allow recursion anyway.</summary>
    public static EquatableArray<WorkflowCall> Choices(WorkflowModel model)
    {
        List<WorkflowCall> choices = [];
        foreach (MethodModel method in Methods(model))
        {
            if (method.Target?.Choice is { Candidates: { } candidates } && KindOf(method) is { } attribute && !attribute.Flag("AllowRecursion", otherwise: false))
            {
                choices.AddRange(candidates.Where(c => c is { IsWorkflow: true, IsExternal: false })
                    .Select(c => new WorkflowCall(c.Key, method.NodeName, method.Spot.At(attribute), IsLinked: true, EachOf(method))));
            }
        }

        return choices.ToEquatableArray();
    }

    public static EquatableArray<WaitPlace> Waits(WorkflowModel model)
        => Methods(model)
            .Select(m => (Method: m, Wait: m.Find(FlowAttribute.Wait)))
            .Where(m => m.Wait is not null)
            .Select(m => new WaitPlace(m.Method.NodeName, m.Method.Spot.At(m.Wait!), m.Wait!.Text("Key") is not null, EachOf(m.Method)))
            .ToEquatableArray();

    /// <summary>Types that a parent, which flattens it, could not name.</summary>
    public static EquatableArray<NodeRestriction> Restrictions(WorkflowModel model)
        => model.Methods
            .Where(m => m.Attributes.Any(a => a.IsNodeKind || a.Kind == FlowAttribute.Compensate))
            .SelectMany(m => m.Restrictions.Select(r => new NodeRestriction(m.NodeName, r)))
            .Concat(model.Predicates.Concat(model.Checks).SelectMany(p => p.Restrictions.Select(r => new NodeRestriction(p.Name, r))))
            .Distinct()
            .ToEquatableArray();

    private static EquatableArray<MethodModel> Methods(WorkflowModel model) => model.InheritsEntry ? EquatableArray<MethodModel>.Empty : model.Methods;

    private static AttributeModel? KindOf(MethodModel method) => method.Attributes.FirstOrDefault(a => a.IsNodeKind);

    private static Spot? EachOf(MethodModel method)
    {
        for (int i = 0; i < method.Parameters.Count; i++)
        {
            if (method.Parameters[i].Find(FlowAttribute.Each) is { } each)
            {
                return method.Spot.InParameter(i).At(each);
            }
        }

        return null;
    }
}
