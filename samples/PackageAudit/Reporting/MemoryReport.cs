using System.Globalization;
using FlowGen;
using Spectre.Console;

namespace PackageAudit.Reporting;

/// <summary>One pool of the workflow runtime.</summary>
/// <param name="Pool">What it keeps.</param>
/// <param name="Objects">That exist.</param>
/// <param name="InUse">Not given back.</param>
/// <param name="Rented">Times one was taken.</param>
/// <param name="Returned">Times one was given back.</param>
/// <param name="NodeInstances">Node and state objects that its objects hold.</param>
internal sealed record MemoryLine(string Workflow, string Pool, long Objects, long InUse, long Rented, long Returned, long NodeInstances, long RetainedBytes);

/// <summary>What the workflow runtime keeps: a run that ended owes nothing, so everything rented must have been returned.</summary>
internal static class MemoryReport
{
    public static IEnumerable<MemoryLine> Lines(FlowMemory memory) => memory.Select(pool => new MemoryLine(
        pool.WorkflowId, pool.Kind.ToString(), pool.Objects, pool.InUse, pool.Rented, pool.Returned, pool.NodeInstances, pool.RetainedBytes));

    public static void Write(IAnsiConsole console, FlowMemory memory)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Workflow", "Pool");
        foreach (string column in (string[])["Objects", "In use", "Rented", "Returned", "Node instances", "Bytes"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (MemoryLine line in Lines(memory))
        {
            table.AddRow([new Text(line.Workflow), new Text(line.Pool), Number(line.Objects), Number(line.InUse), Number(line.Rented), Number(line.Returned), Number(line.NodeInstances), Number(line.RetainedBytes)]);
        }

        console.Write(table);

        static Text Number(long value) => new(value.ToString("N0", CultureInfo.InvariantCulture));
    }
}
