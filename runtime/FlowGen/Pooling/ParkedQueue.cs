using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>Parked scopes, first in first out, linked by <see cref="FlowPooled.Next"/>. Belongs to its owner's lock.</summary>
internal struct ParkedQueue
{
    private FlowPooled? _first;
    private FlowPooled? _last;

    public int Count { get; private set; }

    public void Add(FlowParkable scope)
    {
        if (_last is null)
        {
            _first = scope;
        }
        else
        {
            _last.Next = scope;
        }

        _last = scope;
        Count++;
    }

    public FlowParkable? Take()
    {
        FlowPooled? scope = _first;
        if (scope is not null)
        {
            _first = scope.Next;
            _last = _first is null ? null : _last;
            scope.Next = null;
            Count--;
        }

        return (FlowParkable?)scope;
    }

    /// <summary>Moves all there is into a queue of the caller's own.</summary>
    public ParkedQueue TakeAll()
    {
        ParkedQueue all = this;
        this = default;
        return all;
    }
}
