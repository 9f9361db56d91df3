using System.Reflection;

namespace FlowGen.Runtime.Tests.Attributes;

public sealed class AttributeTests
{
    /// <summary>Every attribute there is: what is not in this table does not exist.</summary>
    public static readonly TheoryData<Type, AttributeTargets, bool> Usages = new()
    {
        { typeof(WorkflowAttribute), AttributeTargets.Class, false },
        { typeof(NodeAttribute), AttributeTargets.Class | AttributeTargets.Method, false },
        { typeof(NodeAttribute<>), AttributeTargets.Method, false },
        { typeof(SubWorkflowAttribute), AttributeTargets.Method, false },
        { typeof(SubWorkflowAttribute<>), AttributeTargets.Method, false },
        { typeof(StateAttribute), AttributeTargets.Class, false },
        { typeof(PooledAttribute), AttributeTargets.Class, false },
        { typeof(AfterAttribute), AttributeTargets.Method, true },
        { typeof(NeedsAttribute), AttributeTargets.Method, true },
        { typeof(NeedsAnyAttribute), AttributeTargets.Method, true },
        { typeof(WhenAttribute), AttributeTargets.Method, true },
        { typeof(UnlessAttribute), AttributeTargets.Method, true },
        { typeof(OtherwiseAttribute), AttributeTargets.Method, true },
        { typeof(BestEffortAttribute), AttributeTargets.Method, false },
        { typeof(FromAttribute), AttributeTargets.Parameter | AttributeTargets.ReturnValue, false },
        { typeof(InputAttribute), AttributeTargets.Parameter, false },
        { typeof(EachAttribute), AttributeTargets.Parameter, false },
        { typeof(ServiceAttribute), AttributeTargets.Parameter, false },
        { typeof(DynamicSubWorkflowAttribute), AttributeTargets.Method, false },
        { typeof(WaitAttribute), AttributeTargets.Method, false },
        { typeof(AfterAnyAttribute), AttributeTargets.Method, true },
        { typeof(ReadyWhenAttribute), AttributeTargets.Method, false },
        { typeof(CancelsAttribute), AttributeTargets.Method, false },
        { typeof(EndAttribute), AttributeTargets.Method, false },
        { typeof(ExclusiveAttribute<>), AttributeTargets.Method, true },
        { typeof(MaxConcurrentAttribute), AttributeTargets.Method, false },
        { typeof(TimeoutAttribute), AttributeTargets.Method | AttributeTargets.Class, true },
        { typeof(RetryAttribute), AttributeTargets.Method, false },
        { typeof(RetryAttribute<>), AttributeTargets.Method, true },
        { typeof(RepeatAttribute), AttributeTargets.Method, false },
        { typeof(CarryAttribute), AttributeTargets.Parameter, false },
        { typeof(CatchAttribute), AttributeTargets.Method, false },
        { typeof(CompensateAttribute), AttributeTargets.Method, false },
        { typeof(FromFirstAttribute), AttributeTargets.Parameter | AttributeTargets.ReturnValue, false },
    };

    [Theory]
    [MemberData(nameof(Usages))]
    public void An_attribute_stands_only_where_it_means_something(Type attribute, AttributeTargets targets, bool repeats)
    {
        AttributeUsageAttribute usage = attribute.GetCustomAttribute<AttributeUsageAttribute>(inherit: false)!;

        Assert.Equal(targets, usage.ValidOn);
        Assert.Equal(repeats, usage.AllowMultiple);
        Assert.False(usage.Inherited);
        Assert.True(attribute.IsSealed);
    }

    [Fact]
    public void There_are_no_other_attributes()
    {
        IEnumerable<string> exported = typeof(WorkflowAttribute).Assembly.GetExportedTypes()
            .Where(type => typeof(Attribute).IsAssignableFrom(type) && type.Namespace == "FlowGen")
            .Select(type => type.FullName!);

        Assert.Equal(
            Usages.Select(row => ((Type)row[0]).FullName!).Order(StringComparer.Ordinal),
            exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_are_those_of_the_language()
    {
        var workflow = new WorkflowAttribute();
        Assert.Null(workflow.Id);
        Assert.Equal(1, workflow.Version);
        Assert.True(workflow.Enabled);
        Assert.Equal(0, workflow.MaxParallelism);
        Assert.Equal(CleanupMode.Immediate, workflow.Cleanup);

        Assert.Equal(RunOn.Inline, new NodeAttribute().RunOn);
        Assert.Equal(RunOn.Inline, new NodeAttribute<object>().RunOn);
        Assert.Equal(StateScope.Activation, new StateAttribute().Scope);
        Assert.True(new PooledAttribute().Enabled);
        Assert.Equal(64, new PooledAttribute().Max);

        var each = new EachAttribute();
        Assert.Null(each.Source);
        Assert.Null(each.Member);
        Assert.Equal(1, each.MaxParallelism);
        Assert.Null(each.MaxParallelismFrom);
        Assert.Equal(EachError.Stop, each.OnError);

        Assert.Equal(0, workflow.MaxConcurrentRuns);
        Assert.Equal(WhenFull.Wait, workflow.WhenFull);
        Assert.Equal(ErrorMode.CancelSiblings, workflow.OnError);
        Assert.Equal(RecordMode.Nodes, workflow.Record);

        var retry = new RetryAttribute(2);
        Assert.Equal((2, 100, 30_000, Backoff.Exponential, true), (retry.Retries, retry.DelayMs, retry.MaxDelayMs, retry.Backoff, retry.Jitter));
        Assert.Equal(TimeoutScope.Attempt, new TimeoutAttribute().Scope);

        var repeat = new RepeatAttribute();
        Assert.Equal((1_000, RepeatLimit.Fail, 0), (repeat.MaxIterations, repeat.AtLimit, repeat.DelayMs));
        Assert.True(new FromFirstAttribute("a", "b").CancelLosers);
        Assert.False(new WaitAttribute().Transient);

        var choice = new DynamicSubWorkflowAttribute();
        Assert.Null(choice.Candidates);
        Assert.Equal((16, false), (choice.MaxDepth, choice.AllowRecursion));
    }

    [Fact]
    public void What_is_written_can_be_read_back()
    {
        MethodInfo method = typeof(Sample).GetMethod(nameof(Sample.Node))!;

        Assert.Equal("node", method.GetCustomAttribute<NodeAttribute>()!.Id);
        Assert.Equal(["a", "b"], method.GetCustomAttribute<AfterAttribute>()!.Nodes);
        Assert.Equal([["c"], ["d"]], method.GetCustomAttributes<NeedsAnyAttribute>().Select(needs => needs.Nodes));
        WhenAttribute[] when = [.. method.GetCustomAttributes<WhenAttribute>()];
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], Assert.Single(when, w => string.Equals(w.Source, "Day", StringComparison.Ordinal)).Values);
        Assert.Empty(Assert.Single(when, w => string.Equals(w.Source, "Flag", StringComparison.Ordinal)).Values);

        EachAttribute each = method.GetParameters()[0].GetCustomAttribute<EachAttribute>()!;
        Assert.Equal("List", each.Source);
        Assert.Equal("Items", each.Member);
        Assert.Equal("workers", each.MaxParallelismFrom);

        Assert.Equal(["x"], method.ReturnParameter.GetCustomAttribute<FromAttribute>()!.Nodes);
        Assert.Equal("parcels", typeof(Sample).GetMethod(nameof(Sample.Sub))!.GetCustomAttribute<SubWorkflowAttribute>()!.Member);
        PooledAttribute pooled = typeof(Sample).GetCustomAttribute<PooledAttribute>()!;
        Assert.False(pooled.Enabled);
        Assert.Equal(3, pooled.Max);
    }

    [Pooled(false, Max = 3)]
    private static class Sample
    {
        [Node(Id = "node", RunOn = RunOn.ThreadPool), After("a", "b"), NeedsAny("c"), NeedsAny("d")]
        [When("Day", DayOfWeek.Monday, DayOfWeek.Friday), When("Flag")]
        [return: From("x")]
        public static int Node([Each("List", Member = "Items", MaxParallelismFrom = "workers")] int item, int workers) => item + workers;

        [SubWorkflow("parcels", Cleanup = CleanupMode.Deferred)]
        public static void Sub()
        {
        }
    }
}
