namespace FlowGen;

/// <summary>The parameter comes from the workflow's entry: from its parameter of the same name, or the only one of the same type.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class InputAttribute : Attribute;
