namespace FlowGen.Stress.Tests;

/// <summary>How runs have ended, and what was done to them.</summary>
internal sealed class Tally
{
    public long Completed { get; set; }

    public long Failed { get; set; }

    public long Cancelled { get; set; }

    public long Paused { get; set; }

    public long Answered { get; set; }

    /// <summary>Runs whose status and task disagree.</summary>
    public long Odd { get; set; }

    public void Add(Tally other)
    {
        Completed += other.Completed;
        Failed += other.Failed;
        Cancelled += other.Cancelled;
        Paused += other.Paused;
        Answered += other.Answered;
        Odd += other.Odd;
    }

    public override string ToString() => $"{Completed} completed, {Failed} failed, {Cancelled} cancelled; {Paused} times paused, {Answered} times answered; {Odd} odd";
}
