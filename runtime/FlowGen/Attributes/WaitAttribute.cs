namespace FlowGen;

/// <summary>
/// On a partial method without a body: the node waits for somebody outside of the run. Its parameters are the request that they see, its result is what they answer,
/// through the <see cref="FlowSignal{TRequest, TResponse}"/> of the run's handle.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WaitAttribute : Attribute
{
    /// <summary>The node's segment of its path; stable when the method is renamed. Default: the method's name without <c>Async</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Whether an answer is lost that comes before the node asks. Otherwise it is kept until then. Default: false.</summary>
    public bool Transient { get; init; }

    /// <summary>
    /// A parameter of the method whose value tells this request from others of the same node, where it waits once per element of an [Each]; <c>nameof</c>. Default: the
    /// position of the element.
    /// </summary>
    public string? Key { get; init; }
}
