namespace FlowGen;

/// <summary>Adds elements to the [Each] loop in which a node runs. A node of the loop receives it by declaring a parameter of this type.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
public readonly struct More<T>
{
}
