namespace FlowGen.Generator.Model;

/// <summary>A type as generated code and messages write it. Holds no Roslyn symbol, so that it can be compared and cached.</summary>
/// <param name="Name">Fully qualified with <c>global::</c>, annotations of type arguments kept, its own top-level <c>?</c> removed
/// (both the annotation of a reference type and <c>Nullable&lt;T&gt;</c>, which is written as its <c>T</c>).</param>
/// <param name="Key">Identity: fully qualified, without any nullable annotation and with tuple element names dropped.</param>
/// <param name="Display">As the author would write it, for messages (<c>IReadOnlyList&lt;Page&gt;</c>).</param>
/// <param name="IsReference">Whether it is known to be a reference type.</param>
/// <param name="IsNullable">Whether the author wrote a top-level <c>?</c> (an annotated reference or <c>Nullable&lt;T&gt;</c>).</param>
/// <param name="IsValue">Whether it is known to be a value type. A type parameter may be neither.</param>
internal sealed record TypeRef(string Name, string Key, string Display, bool IsReference, bool IsNullable, bool IsValue = false)
{
    /// <summary>The type with its own <c>?</c>, as it stands in a signature.</summary>
    public string Annotated => IsNullable ? Name + "?" : Name;

    /// <summary>As the author would write it, with its own <c>?</c>.</summary>
    public string Shown => IsNullable ? Display + "?" : Display;
}

/// <summary>What a method returns.</summary>
internal enum ReturnShape
{
    Void,
    Value,
    Task,
    TaskOfT,
    ValueTask,
    ValueTaskOfT,
}

/// <summary>How strongly a value is needed (language.md B2).</summary>
internal enum Strength
{
    /// <summary>Without the value the consumer is skipped.</summary>
    Required,

    /// <summary><c>T?</c>: absent is <c>null</c>.</summary>
    Nullable,

    /// <summary><c>Optional&lt;T&gt;</c>: absent is empty.</summary>
    Optional,

    /// <summary><c>Outcome&lt;T&gt;</c>: observes completion, skipping and failure.</summary>
    Outcome,
}

/// <summary>Where a node's body runs.</summary>
internal enum RunOn
{
    Inline,
    ThreadPool,
}

/// <summary>When the objects of a finished activation are cleaned; the names and values of the runtime's <c>CleanupMode</c>.</summary>
internal enum CleanupTiming
{
    Immediate,
    Deferred,
    Periodic,
    OnDemand,
}
