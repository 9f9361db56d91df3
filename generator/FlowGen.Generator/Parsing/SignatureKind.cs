namespace FlowGen.Generator.Parsing;

/// <summary>Whose parameters they are; it decides what some types mean.</summary>
internal enum SignatureKind
{
    /// <summary>The entry: everything but the token and the options is an input.</summary>
    Entry,

    /// <summary>A node, a node class or a predicate.</summary>
    Node,

    /// <summary>[Catch] or [Compensate]: an exception is the failure.</summary>
    Handler,

    /// <summary>A member that policies ask: an exception is the failure, and progress is the loop's.</summary>
    Check,
}
