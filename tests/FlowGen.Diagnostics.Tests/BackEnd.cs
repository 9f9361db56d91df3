using System.Text.RegularExpressions;

namespace FlowGen.Diagnostics.Tests;

/// <summary>
/// What the front end reads and checks already and the back end cannot lower and emit yet. Where it says no, cases are held to their diagnostics before generation
/// only; everything else is held after generation, too, and compiled.
/// </summary>
internal static partial class BackEnd
{
    /// <summary>The one switch: true once everything is emitted, and then this class goes.</summary>
    private const bool IsComplete = true;

    public static bool CanEmit(string source) => IsComplete || !NewPattern().IsMatch(source);

    [GeneratedRegex(
        @"[\[(,:]\s*(return:\s*)?(Retry|Timeout|Repeat|Carry|Catch|Compensate|FromFirst|AfterAny|ReadyWhen|Cancels|Exclusive|MaxConcurrent|End|Wait|DynamicSubWorkflow)\b"
        + @"|\b(Emitter|More|FlowRef)<|\b(OnError|Until|Rest|MaxConcurrentRuns|WhenFull|Record)\s*=",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NewPattern();
}
