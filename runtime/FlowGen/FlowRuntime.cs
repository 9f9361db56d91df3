using System.ComponentModel;
using FlowGen.CompilerServices;
using FlowGen.Pooling;

namespace FlowGen;

/// <summary>What workflow objects share: observer, clock, and the scopes that wait for their cleanup. Thread-safe.</summary>
/// <remarks>Pools belong to the process, so that every runtime reports and trims all of them; parked scopes belong to one runtime.</remarks>
public sealed class FlowRuntime : IAsyncDisposable
{
    // What a timer can wait.
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ParkingLot _lot;
    private readonly int? _seed;

    /// <summary>Makes a runtime.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The options' clock is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options' <see cref="FlowRuntimeOptions.CleanupInterval"/> is out of range.</exception>
    public FlowRuntime(FlowRuntimeOptions? options = null)
    {
        options ??= new FlowRuntimeOptions();
        ArgumentNullException.ThrowIfNull(options.TimeProvider, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.CleanupInterval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CleanupInterval, s_longestInterval, nameof(options));
        Observer = options.Observer;
        TimeProvider = options.TimeProvider;
        _seed = options.Seed;
        _lot = new ParkingLot(options.TimeProvider, options.CleanupInterval);
    }

    /// <summary>The runtime of workflow objects that were given no other; made at first use, with default options.</summary>
    public static FlowRuntime Default => DefaultRuntime.Instance;

    /// <summary>Hears what runs do; null when nobody listens.</summary>
    public IFlowObserver? Observer { get; }

    /// <summary>The clock of elapsed times and of the periodic sweep.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>
    /// What the pools of all workflows hold, and how many scopes of this runtime wait for cleanup. It looks at every pooled object:
    /// a report for people and metrics, not for every run. While runs are under way the numbers of one row may be some operations apart.
    /// </summary>
    public FlowMemory GetMemory() => new(PoolAccounts.Report(), _lot.Count);

    /// <summary>
    /// Cleans the parked scopes of this runtime and lets all pools go of what they hold. Cleanups that suspend are started and not
    /// waited for; <see cref="CleanUpAsync"/> waits. One clean object per thread and class stays: only its thread can reach it.
    /// </summary>
    /// <returns>The memory before and after.</returns>
    public FlowCleanUp CleanUp()
    {
        FlowMemory before = GetMemory();
        _lot.Sweep();
        PoolTrimmer.ClearPools();
        return new FlowCleanUp(before, GetMemory());
    }

    /// <summary>As <see cref="CleanUp"/>, and waits for cleanups that suspend, also for those that began before.</summary>
    /// <param name="ct">Ends the waiting, not the cleaning.</param>
    /// <returns>The memory before and after.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<FlowCleanUp> CleanUpAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        FlowMemory before = GetMemory();
        _lot.Sweep();
        await _lot.WhenSettledAsync().WaitAsync(ct).ConfigureAwait(false);
        PoolTrimmer.ClearPools();
        return new FlowCleanUp(before, GetMemory());
    }

    /// <summary>
    /// Cleans the parked scopes and waits until none is left. The runtime stays usable: scopes that end later are cleaned by the
    /// thread pool at once, whatever their mode.
    /// </summary>
    public async ValueTask DisposeAsync() => await _lot.CloseAsync().ConfigureAwait(false);

    /// <summary>Keeps a scope that has ended until it is time to clean it. Called by generated code.</summary>
    /// <param name="scope">The scope; still rented, and the runtime's from now on.</param>
    /// <param name="mode">When; anything but <see cref="CleanupMode.Immediate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mode is no mode of parking.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Park(FlowParkable scope, CleanupMode mode)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (mode is not (CleanupMode.Deferred or CleanupMode.Periodic or CleanupMode.OnDemand))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Deferred, Periodic or OnDemand.");
        }

        _lot.Park(scope, mode);
    }

    /// <summary>A number from 0 to less than 1: by chance, or under a seed the same for the same try of the same node.</summary>
    internal double Chance(int node, int item, int attempt)
    {
        if (_seed is not { } seed)
        {
            return Random.Shared.NextDouble();
        }

        // The mixing function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
        ulong mixed = (ulong)(uint)seed + (0x9E3779B97F4A7C15UL * (ulong)(1 + node + (65_537L * (item + 1)) + (4_294_967_311L * attempt)));
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private static class DefaultRuntime
    {
        public static readonly FlowRuntime Instance = new();
    }
}
