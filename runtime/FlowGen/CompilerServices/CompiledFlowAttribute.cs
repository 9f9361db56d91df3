using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>Stands on the generated part of a workflow that other assemblies can contain or derive from, and says which FlowGen wrote it.</summary>
/// <param name="version">Version of FlowGen.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CompiledFlowAttribute(string version) : Attribute
{
    /// <summary>Version of FlowGen.</summary>
    public string Version { get; } = version;
}
