using FlowGen.CompilerServices;

namespace FlowGen.Runtime.Tests.Pools;

[Collection(nameof(PoolTests))]
public sealed class FlowMemoryTests
{
    [Fact]
    public void A_report_says_exactly_what_happened_on_one_thread()
    {
        const string Id = nameof(A_report_says_exactly_what_happened_on_one_thread);
        FlowPool<Scope> pool = new(Id, FlowPoolKind.Scope, max: 2, "Cold.Label");
        Scope[] scopes = [.. Enumerable.Range(0, 3).Select(_ => pool.Register(new Scope()))];
        Array.ForEach(scopes, scope => scope.MarkRented());
        scopes[0].Count = "";
        scopes[1].Count = "";
        scopes[1].Print = new object();

        PoolMemory row = Row(Id);
        Assert.Equal((Id, FlowPoolKind.Scope, "Cold.Label"), (row.WorkflowId, row.Kind, row.Path));
        Assert.Equal((3, 3, 3, 0), (row.Objects, row.InUse, row.Rented, row.Returned));
        Assert.Equal(3, row.NodeInstances);
        Assert.Equal([typeof(object), typeof(string)], row.InstanceTypes);
        Assert.Equal(3, row.HighWaterMark);

        foreach (Scope scope in scopes)
        {
            scope.MarkReturned();
            pool.Put(scope);
        }

        // The third found no room.
        row = Row(Id);
        Assert.Equal((2, 0, 3, 3), (row.Objects, row.InUse, row.Rented, row.Returned));
        Assert.Equal((3, 3), (row.NodeInstances, row.HighWaterMark));
        GC.KeepAlive(pool);
    }

    [Fact]
    public void Pools_of_several_workflow_objects_share_a_row()
    {
        const string Id = nameof(Pools_of_several_workflow_objects_share_a_row);
        FlowPool<Scope>[] pools = [.. Enumerable.Range(0, 3).Select(_ => new FlowPool<Scope>(Id, FlowPoolKind.Scope, 8))];
        foreach (FlowPool<Scope> pool in pools)
        {
            Scope scope = pool.Register(new Scope());
            scope.MarkRented();
            scope.MarkReturned();
            pool.Put(scope);
        }

        PoolMemory row = Row(Id);
        Assert.Equal((3, 3, 3), (row.Objects, row.Rented, row.Returned));
        GC.KeepAlive(pools);
    }

    [Fact]
    public void Rows_are_ordered_and_add_up()
    {
        const string Id = nameof(Rows_are_ordered_and_add_up);
        object[] keep =
        [
            Use(new FlowPool<Scope>(Id + "2", FlowPoolKind.Run, 1)),
            Use(new FlowPool<Scope>(Id + "1", FlowPoolKind.Scope, 1, "B")),
            Use(new FlowPool<Scope>(Id + "1", FlowPoolKind.Scope, 1, "A")),
            Use(new FlowPool<Scope>(Id + "1", FlowPoolKind.Run, 1)),
        ];
        FlowMemory memory = FlowRuntime.Default.GetMemory();
        PoolMemory[] mine = [.. memory.Where(row => row.WorkflowId.StartsWith(Id, StringComparison.Ordinal))];
        Assert.Equal(
            [(Id + "1", FlowPoolKind.Run, ""), (Id + "1", FlowPoolKind.Scope, "A"), (Id + "1", FlowPoolKind.Scope, "B"), (Id + "2", FlowPoolKind.Run, "")],
            mine.Select(row => (row.WorkflowId, row.Kind, row.Path)));

        Assert.Equal(memory.Count, memory.ToArray().Length);
        Assert.Same(memory[0], memory.First());
        Assert.Equal(memory.Sum(row => row.Objects), memory.Objects);
        Assert.Equal(memory.Sum(row => row.InUse), memory.InUse);
        Assert.Equal(memory.Sum(row => row.Rented), memory.Rented);
        Assert.Equal(memory.Sum(row => row.Returned), memory.Returned);
        Assert.Equal(memory.Sum(row => row.NodeInstances), memory.NodeInstances);
        Assert.Equal(memory.Sum(row => row.RetainedBytes), memory.RetainedBytes);
        GC.KeepAlive(keep);
    }

    [Fact]
    public void CleanUp_empties_pools_and_says_so()
    {
        const string Id = nameof(CleanUp_empties_pools_and_says_so);
        FlowPool<Scope> scopes = Use(new FlowPool<Scope>(Id, FlowPoolKind.Scope, 8));
        FlowPool<Thing> frames = new(Id, FlowPoolKind.Run, max: 0);
        frames.Put(frames.Register(new Thing()));
        FlowCleanUp done = FlowRuntime.Default.CleanUp();
        Assert.Equal((1, 1), (Row(done.Before, Id, FlowPoolKind.Scope).Objects, Row(done.Before, Id, FlowPoolKind.Run).Objects));
        Assert.Equal((0, 0), (Row(done.After, Id, FlowPoolKind.Scope).Objects, Row(done.After, Id, FlowPoolKind.Run).Objects));
        Assert.Equal((1, 1), (Row(done.After, Id, FlowPoolKind.Scope).Rented, Row(done.After, Id, FlowPoolKind.Scope).Returned));
        Assert.Null(scopes.Take());
        Assert.Null(frames.Take());
    }

    [Fact]
    public void Reports_read_well()
    {
        PoolMemory row = new()
        {
            WorkflowId = "Audit",
            Kind = FlowPoolKind.Scope,
            Path = "Cold.Label",
            Objects = 1_234,
            InUse = 2,
            Rented = 5_000,
            Returned = 4_998,
            NodeInstances = 3,
            InstanceTypes = [typeof(object), typeof(string)],
            HighWaterMark = 2_000,
            RetainedBytes = 98_765,
        };
        Assert.Equal(
            "Audit/Cold.Label (Scope): 1,234 objects, 2 in use, most 2,000; rented 5,000, returned 4,998; "
            + "3 instances [Object, String]; 98,765 bytes",
            row.ToString());

        FlowMemory memory = new([row], parked: 1);
        Assert.Equal(
            $"1,234 objects, 2 in use, 1 parked; rented 5,000, returned 4,998; 3 instances; 98,765 bytes\n  {row}",
            memory.ToString());
        Assert.Equal(
            "objects 1,234 -> 0, instances 3 -> 0, parked 1 -> 0, bytes 98,765 -> 0",
            new FlowCleanUp(memory, new FlowMemory([], parked: 0)).ToString());
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowRuntime(new FlowRuntimeOptions { CleanupInterval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowRuntime(new FlowRuntimeOptions { CleanupInterval = TimeSpan.MaxValue }));
        Assert.Throws<ArgumentNullException>(() => new FlowRuntime(new FlowRuntimeOptions { TimeProvider = null! }));
        FlowRuntime plain = new();
        Assert.Null(plain.Observer);
        Assert.Same(TimeProvider.System, plain.TimeProvider);
        Assert.Same(FlowRuntime.Default, FlowRuntime.Default);
    }

    private static FlowPool<Scope> Use(FlowPool<Scope> pool)
    {
        Scope scope = pool.Register(new Scope());
        scope.MarkRented();
        scope.MarkReturned();
        pool.Put(scope);
        return pool;
    }

    private static PoolMemory Row(string id) => FlowRuntime.Default.GetMemory().Single(row => row.WorkflowId == id);

    private static PoolMemory Row(FlowMemory memory, string id, FlowPoolKind kind) =>
        memory.Single(row => row.WorkflowId == id && row.Kind == kind);

    private sealed class Scope : FlowPooled
    {
        public string? Count { get; set; }

        public object? Print { get; set; }

        protected internal override int NodeInstances => (Count is null ? 0 : 1) + (Print is null ? 0 : 1);

        protected internal override void CollectInstanceTypes(ICollection<Type> types)
        {
            if (Count is not null)
            {
                types.Add(typeof(string));
            }

            if (Print is not null)
            {
                types.Add(typeof(object));
            }
        }
    }
}
