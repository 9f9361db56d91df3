namespace Patterns.Pages;

/// <summary>The names of the 43 control-flow patterns, as their catalogue has them ("Workflow Control-Flow Patterns: A Revised View", BPM-06-22).</summary>
internal static class PatternCatalogue
{
    private static readonly string[] s_names =
    [
        "Sequence",
        "Parallel Split",
        "Synchronization",
        "Exclusive Choice",
        "Simple Merge",
        "Multi-Choice",
        "Structured Synchronizing Merge",
        "Multi-Merge",
        "Structured Discriminator",
        "Arbitrary Cycles",
        "Implicit Termination",
        "Multiple Instances without Synchronization",
        "Multiple Instances with a priori Design-Time Knowledge",
        "Multiple Instances with a priori Run-Time Knowledge",
        "Multiple Instances without a priori Run-Time Knowledge",
        "Deferred Choice",
        "Interleaved Parallel Routing",
        "Milestone",
        "Cancel Activity",
        "Cancel Case",
        "Structured Loop",
        "Recursion",
        "Transient Trigger",
        "Persistent Trigger",
        "Cancel Region",
        "Cancel Multiple Instance Activity",
        "Complete Multiple Instance Activity",
        "Blocking Discriminator",
        "Cancelling Discriminator",
        "Structured Partial Join",
        "Blocking Partial Join",
        "Cancelling Partial Join",
        "Generalised AND-Join",
        "Static Partial Join for Multiple Instances",
        "Cancelling Partial Join for Multiple Instances",
        "Dynamic Partial Join for Multiple Instances",
        "Local Synchronizing Merge",
        "General Synchronizing Merge",
        "Critical Section",
        "Interleaved Routing",
        "Thread Merge",
        "Thread Split",
        "Explicit Termination",
    ];

    /// <summary>How many there are.</summary>
    public static int Count => s_names.Length;

    /// <summary>The name of a pattern, from 1.</summary>
    public static string Name(int number) => s_names[number - 1];

    /// <summary>The file of its page under docs/patterns: <c>P09-structured-discriminator.md</c>.</summary>
    public static string FileName(int number) => $"P{number:00}-{Name(number).ToLowerInvariant().Replace(' ', '-')}.md";
}
