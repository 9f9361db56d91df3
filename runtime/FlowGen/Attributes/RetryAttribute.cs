namespace FlowGen;

/// <summary>
/// Tries a node again that has failed. Between two tries it waits <see cref="DelayMs"/>, growing as <see cref="Backoff"/> says up to
/// <see cref="MaxDelayMs"/>. The arguments are the same each time, and so is the instance of a node class; a sub-workflow is a new activation.
/// Cancellation is never retried.
/// </summary>
/// <param name="retries">How many further tries there are, 1 or more.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RetryAttribute(int retries) : Attribute
{
    /// <summary>How many further tries there are.</summary>
    public int Retries { get; } = retries;

    /// <summary>Milliseconds before the first further try; 0 for none. Default: 100.</summary>
    public int DelayMs { get; init; } = 100;

    /// <summary>The longest delay, in milliseconds. Default: 30,000.</summary>
    public int MaxDelayMs { get; init; } = 30_000;

    /// <summary>How the delay grows from try to try. Default: <see cref="Backoff.Exponential"/>.</summary>
    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <summary>
    /// Whether a delay is a random one between half of it and the whole, so that those who failed together do not come back together.
    /// Deterministic under <see cref="FlowRuntimeOptions.Seed"/>. Default: true.
    /// </summary>
    public bool Jitter { get; init; } = true;

    /// <summary>A method of the workflow that takes the exception and says whether it is worth another try; <c>nameof</c>. Default: always.</summary>
    public string? If { get; init; }
}

/// <summary>
/// The same for failures of one type of exception and those derived from it. With several of them the nearest type decides; each has its own
/// number of tries. What no attribute fits is not retried.
/// </summary>
/// <typeparam name="TException">What is retried.</typeparam>
/// <param name="retries">How many further tries there are, 1 or more.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class RetryAttribute<TException>(int retries) : Attribute
    where TException : Exception
{
    /// <summary>How many further tries there are.</summary>
    public int Retries { get; } = retries;

    /// <inheritdoc cref="RetryAttribute.DelayMs"/>
    public int DelayMs { get; init; } = 100;

    /// <inheritdoc cref="RetryAttribute.MaxDelayMs"/>
    public int MaxDelayMs { get; init; } = 30_000;

    /// <inheritdoc cref="RetryAttribute.Backoff"/>
    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <inheritdoc cref="RetryAttribute.Jitter"/>
    public bool Jitter { get; init; } = true;

    /// <inheritdoc cref="RetryAttribute.If"/>
    public string? If { get; init; }
}

/// <summary>How the delay between tries grows.</summary>
public enum Backoff
{
    /// <summary>Each delay is the first one.</summary>
    Constant,

    /// <summary>The n-th delay is n times the first one.</summary>
    Linear,

    /// <summary>Each delay is twice the one before.</summary>
    Exponential,
}
