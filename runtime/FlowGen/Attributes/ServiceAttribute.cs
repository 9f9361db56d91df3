namespace FlowGen;

/// <summary>
/// The parameter is a service of the run, resolved by its type from <see cref="RunOptions.Services"/>. What lives as long as the workflow object
/// is a constructor parameter instead.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ServiceAttribute : Attribute;
