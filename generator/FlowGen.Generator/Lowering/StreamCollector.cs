using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Collects what the nodes of a flattened workflow send out: nodes that name their emitter alike in one workflow write to one stream.</summary>
/// <param name="handle">Who may see the handle.</param>
internal sealed class StreamCollector(EquatableArray<Confine> handle)
{
    private readonly List<StreamPlan> _streams = [];

    public EquatableArray<StreamPlan> Streams => _streams.ToEquatableArray();

    /// <param name="path">Of the sub-workflow node around the node; empty for none.</param>
    /// <param name="identifier">The same as an identifier.</param>
    /// <param name="settling">The node whose end is the end of everything that the node sends.</param>
    public void Add(BoundWorkflow workflow, BoundNode node, string path, string identifier, int settling)
    {
        IEnumerable<string> names = node.Arguments.Where(argument => argument.Kind == ArgumentKind.Emitter).Select(argument => argument.Parameter)
            .Concat((node.ClassTarget?.Parameters ?? EquatableArray<TargetParameter>.Empty)
                .Where(parameter => parameter is { Kind: ArgumentKind.Emitter, Argument: < 0 }).Select(parameter => parameter.Name));
        foreach (string name in names)
        {
            if (workflow.Streams.FirstOrDefault(stream => stream.Name == name) is { } declared)
            {
                Add(declared, path, identifier, settling);
            }
        }
    }

    /// <summary>The same for one of the streams that a node writes to.</summary>
    public void Add(BoundStream declared, string path, string identifier, int settling)
    {
        string streamPath = path.Length == 0 ? declared.Name : path + "." + declared.Name;
        int known = _streams.FindIndex(stream => stream.Path == streamPath);
        if (known >= 0)
        {
            _streams[known] = _streams[known] with { Nodes = _streams[known].Nodes.Append(settling).Distinct().ToEquatableArray() };
            return;
        }

        string property = FlowNames.PascalCase(declared.Name);
        _streams.Add(new StreamPlan(streamPath, identifier.Length == 0 ? property : identifier + "_" + property, declared.Type.Annotated, EquatableArray.Of(settling), Confine.ModifierOf(declared.Confines, handle)));
    }

    public static TypeRef? TypeOf(BoundWorkflow workflow, string name) => workflow.Streams.FirstOrDefault(stream => stream.Name == name)?.Type;
}
