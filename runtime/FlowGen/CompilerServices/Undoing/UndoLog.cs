using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>
/// What has completed in a frame and would have to be undone, in order, and the frames of completed sub-workflows that hold more of that. Made with the frame; nothing is
/// allocated for an entry once it has grown.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UndoLog
{
    private readonly bool _isShared;
    private readonly bool _isSerial;
    private readonly Lock _lock = new();
    private Entry[] _entries = new Entry[4];
    private List<FlowFrame>? _kept;
    private int _count;
    private long _sequence;

    /// <summary>Makes an empty log.</summary>
    /// <param name="isShared">Other frames of the run may have entries, so that order has to be kept across them.</param>
    /// <param name="isSerial">One step completes at a time.</param>
    public UndoLog(bool isShared, bool isSerial)
    {
        _isShared = isShared;
        _isSerial = isSerial;
    }

    /// <summary>The frame is kept by the one that called it: it goes back to its pool when the run ends.</summary>
    internal bool IsKept { get; set; }

    internal bool IsEmpty => _count == 0 && _kept is not { Count: > 0 };

    /// <summary>A step has completed that something undoes.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="step">The step.</param>
    /// <param name="value">What it yielded, where that does not stand in the frame: it came too late, and another try may put its own there.</param>
    /// <param name="hasValue">Whether <paramref name="value"/> counts.</param>
    internal void Arm(FlowFrame frame, int step, object? value = null, bool hasValue = false)
    {
        if (_isSerial)
        {
            Add(frame, step, value, hasValue);
            return;
        }

        lock (_lock)
        {
            Add(frame, step, value, hasValue);
        }
    }

    /// <summary>A completed sub-workflow has something to be undone: its frame stays as it is.</summary>
    internal void Keep(FlowFrame frame)
    {
        lock (_lock)
        {
            (_kept ??= []).Add(frame);
        }
    }

    /// <summary>A node has completed that is undone as a whole: nothing in it is undone by itself.</summary>
    internal void Supersede(int node)
    {
        List<FlowFrame>? dropped = null;
        lock (_lock)
        {
            for (int i = (_kept?.Count ?? 0) - 1; i >= 0; i--)
            {
                if (_kept![i].Boundary == node)
                {
                    (dropped ??= []).Add(_kept[i]);
                    _kept.RemoveAt(i);
                }
            }
        }

        foreach (FlowFrame frame in dropped ?? [])
        {
            frame.ReleaseKept();
        }
    }

    /// <summary>Everything that is to be undone, the last first. The log is empty then, but for the frames.</summary>
    internal List<(FlowFrame Frame, Entry Entry)> TakeAll(FlowFrame frame)
    {
        List<(FlowFrame Frame, Entry Entry)> all = [];
        Collect(frame, all);
        all.Sort(static (a, b) => b.Entry.Sequence.CompareTo(a.Entry.Sequence));
        return all;
    }

    /// <summary>The run is over, or whoever called this part of it undoes it as a whole: gives back what was kept.</summary>
    internal void Release()
    {
        Clear();
        if (_kept is not { Count: > 0 } kept)
        {
            return;
        }

        _kept = null;
        foreach (FlowFrame frame in kept)
        {
            frame.ReleaseKept();
        }
    }

    private void Add(FlowFrame frame, int step, object? value, bool hasValue)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        long sequence = _isShared || frame.IsPart ? Interlocked.Increment(ref RootOf(frame)._sequence) : _count;
        _entries[_count++] = new Entry(step, sequence, value, hasValue);
    }

    private static UndoLog RootOf(FlowFrame frame) => frame.Root.UndoLog ?? frame.UndoLog!;

    private void Collect(FlowFrame frame, List<(FlowFrame Frame, Entry Entry)> all)
    {
        for (int i = 0; i < _count; i++)
        {
            all.Add((frame, _entries[i]));
        }

        Clear();
        foreach (FlowFrame kept in _kept ?? [])
        {
            kept.UndoLog!.Collect(kept, all);
        }
    }

    private void Clear()
    {
        Array.Clear(_entries, 0, _count);
        _count = 0;
        _sequence = 0;
    }

    /// <param name="Step">What has completed.</param>
    /// <param name="Sequence">When, among everything in the run.</param>
    /// <param name="Value">What it yielded.</param>
    /// <param name="HasValue">Whether that stands here, and not in the frame.</param>
    internal readonly record struct Entry(int Step, long Sequence, object? Value, bool HasValue);
}
