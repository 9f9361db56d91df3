using System.Globalization;
using FlowGen;
using Spectre.Console;

namespace PackageAudit.Reporting;

/// <summary>One kind of pooled object of the workflow runtime.</summary>
/// <param name="Node">The node whose activations they serve; empty for the workflow itself.</param>
/// <param name="Pool">What they are.</param>
/// <param name="Objects">That exist.</param>
/// <param name="InUse">Not given back.</param>
/// <param name="Rented">Times one was taken.</param>
/// <param name="Returned">Times one was given back.</param>
/// <param name="NodeInstances">Node and state objects that they hold, of these <paramref name="Types"/>.</param>
internal sealed record MemoryLine(
    string Workflow,
    string Node,
    string Pool,
    int Objects,
    int InUse,
    long Rented,
    long Returned,
    int NodeInstances,
    IReadOnlyList<string> Types,
    long RetainedBytes);

/// <summary>What the workflow runtime keeps: a run that ended owes nothing, so everything rented must have been returned.</summary>
internal static class MemoryReport
{
    public static IEnumerable<MemoryLine> Lines(FlowMemory memory) => memory.Select(pool => new MemoryLine(
        pool.WorkflowId,
        pool.Path,
        pool.Kind.ToString(),
        pool.Objects,
        pool.InUse,
        pool.Rented,
        pool.Returned,
        pool.NodeInstances,
        [.. pool.InstanceTypes.Select(type => type.Name)],
        pool.RetainedBytes));

    public static void Write(IAnsiConsole console, FlowMemory memory)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Workflow", "Node", "Pool");
        foreach (string column in (string[])["Objects", "In use", "Rented", "Returned", "Bytes"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("Node instances");
        foreach (MemoryLine line in Lines(memory))
        {
            table.AddRow(
                new Text(line.Workflow[(line.Workflow.LastIndexOf('.') + 1)..]),
                new Text(line.Node),
                new Text(line.Pool),
                Number(line.Objects),
                Number(line.InUse),
                Number(line.Rented),
                Number(line.Returned),
                Number(line.RetainedBytes),
                new Text(line.NodeInstances == 0 ? "" : $"{line.NodeInstances} ({string.Join(", ", line.Types)})"));
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{memory.NodeInstances} node instances in {memory.Objects} pooled objects; {memory.InUse} in use; rented {memory.Rented}, given back {memory.Returned}"));

        static Text Number(long value) => new(value.ToString("N0", CultureInfo.InvariantCulture));
    }
}
