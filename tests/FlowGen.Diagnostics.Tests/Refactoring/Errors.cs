using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>What is wrong, in words.</summary>
internal static class Errors
{
    public static string Of(Subject subject, string key)
    {
        LinkedResult? linked = subject.Linked.GetValueOrDefault(key);
        return linked is null ? "it is gone" : string.Join("; ", linked.Issues.Where(i => Rule.IsError(i.Id))
            .Select(i => $"{i.Id}({string.Join(", ", i.Arguments)})").Append(linked.BrokenBy));
    }
}
