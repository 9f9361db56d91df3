namespace FlowGen.Runtime.Tests.Values;

public sealed class SmallValueTests
{
    [Fact]
    public void There_is_one_unit()
    {
        Assert.Equal(default, new FlowUnit());
        Assert.Equal("()", default(FlowUnit).ToString());
    }

    [Fact]
    public void Options_say_nothing_unless_told()
    {
        var options = new RunOptions();

        Assert.Null(options.Services);
        Assert.Null(options.ConversationId);
        Assert.Null(options.Tenant);
        Assert.Null(options.User);
    }

    /// <summary>Frames and records keep these as bytes; a new member goes last.</summary>
    [Fact]
    public void States_keep_their_numbers()
    {
        Assert.Equal(
            ["Pending", "Ready", "Executing", "Waiting", "Completed", "Skipped", "Failed", "Cancelled", "Compensated"],
            Enum.GetValues<NodeState>().Select(state => state.ToString()));
        Assert.Equal(["Pending", "Running", "Paused", "Completed", "Failed", "Cancelled"], Enum.GetValues<RunStatus>().Select(status => status.ToString()));
    }
}
