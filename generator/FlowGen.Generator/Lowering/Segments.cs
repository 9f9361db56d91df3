namespace FlowGen.Generator.Lowering;

/// <summary>
/// Divides long plans into methods. The JIT gives up optimising a method with too much in it, and both it and the C# compiler need time
/// that grows faster than the method does. Segments are of one length, so that the step tells which method runs it.
/// </summary>
internal static class Segments
{
    /// <summary>Up to this weight one method does: awaiting is several times the code of calling.</summary>
    public const int MaxWeight = 512;

    private const int SuspendingWeight = 8;

    public static int LengthFor(List<StepDraft> steps, int maxWeight)
    {
        int suspending = steps.Count(step => step.MaySuspend);
        int weight = steps.Count + ((SuspendingWeight - 1) * suspending);
        if (weight <= maxWeight)
        {
            return Math.Max(1, steps.Count);
        }

        // 32 steps where many suspend, 102 where they only call.
        return Math.Max(2, weight > 2 * steps.Count ? maxWeight / 16 : maxWeight / 5);
    }
}
