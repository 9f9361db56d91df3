using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Logic;

internal enum VariableKind
{
    /// <summary>The value of a node or predicate that decides conditions.</summary>
    Value,

    /// <summary>Whether that value is there at all.</summary>
    Null,

    /// <summary>Whether a [BestEffort] node, or one with handlers, succeeds, or with what it fails.</summary>
    Success,

    /// <summary>Whether a node that somebody may withdraw comes to its end before that.</summary>
    Withdrawn,

    /// <summary>What the rule of a [ReadyWhen] says in the end.</summary>
    Rule,
}

/// <summary>Something with a few outcomes that decides what runs.</summary>
/// <param name="Name">Of the node or predicate.</param>
internal sealed record Variable(VariableKind Kind, string Name, bool IsBool, EquatableArray<Choice> Outcomes);
