namespace FlowGen;

/// <summary>What a caller may say about one run besides its inputs. Pass it to an entry that declares a parameter of this type.</summary>
public sealed class RunOptions
{
    /// <summary>Where <see cref="ServiceAttribute"/> parameters come from; normally a scope that lives as long as the run.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The conversation this run belongs to. Default: <c>{tenant}::{workflow id}::{user}</c>.</summary>
    public string? ConversationId { get; init; }

    /// <summary>On whose behalf: the tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>On whose behalf: the user.</summary>
    public string? User { get; init; }

    /// <summary>How many items each stream of the run keeps until they are read. Default: 1,024.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int StreamCapacity
    {
        get => field;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_024;
}
