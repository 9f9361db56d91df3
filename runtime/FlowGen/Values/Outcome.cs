using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace FlowGen;

/// <summary>
/// How a node ended: with a value, skipped, or failed. A parameter of this type observes its producer: it also runs when the producer
/// was skipped or failed, and a failure counts as handled. The default value is <see cref="Skipped"/>.
/// </summary>
/// <typeparam name="T">Type of the producer's value.</typeparam>
public readonly record struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Exception? error, bool succeeded)
    {
        _value = value;
        Error = error;
        Succeeded = succeeded;
    }

    /// <summary>The outcome of a node that did not run.</summary>
    public static Outcome<T> Skipped => default;

    /// <summary>Whether the node completed, so that there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded { get; }

    /// <summary>Whether the node did not run.</summary>
    public bool IsSkipped => !Succeeded && Error is null;

    /// <summary>Whether the node failed, so that there is an <see cref="Error"/>.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailed => Error is not null;

    /// <summary><see cref="NodeState.Completed"/>, <see cref="NodeState.Skipped"/> or <see cref="NodeState.Failed"/>.</summary>
    public NodeState State => Succeeded ? NodeState.Completed : IsFailed ? NodeState.Failed : NodeState.Skipped;

    /// <summary>The node's value; the type's default unless it succeeded.</summary>
    public T? Value => _value;

    /// <summary>What the node failed with; null unless it failed.</summary>
    public Exception? Error { get; }

    /// <summary>The outcome of a node that ended with a value.</summary>
    /// <param name="value">The value.</param>
    public static Outcome<T> Completed(T value) => new(value, error: null, succeeded: true);

    /// <summary>The outcome of a node that threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public static Outcome<T> Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error, succeeded: false);
    }

    /// <summary>The value; if the node failed, throws its exception again with its own stack trace.</summary>
    /// <exception cref="InvalidOperationException">The node was skipped.</exception>
    public T GetValueOrThrow()
    {
        if (Succeeded)
        {
            return _value!;
        }

        if (Error is not null)
        {
            ExceptionDispatchInfo.Throw(Error);
        }

        throw new InvalidOperationException("The node was skipped and has no value. Ask IsSkipped or Succeeded first.");
    }

    /// <summary>The state, with the value or the error's message.</summary>
    public override string ToString() => State switch
    {
        NodeState.Completed => $"Completed({_value})",
        NodeState.Failed => $"Failed({Error!.GetType().Name}: {Error.Message})",
        _ => "Skipped",
    };
}
