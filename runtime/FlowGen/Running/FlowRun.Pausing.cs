using FlowGen.CompilerServices;

namespace FlowGen;

/// <content>Pausing: no further node starts, until the run is resumed or cancelled.</content>
public abstract partial class FlowRun
{
    private volatile bool _isPaused;
    private HashSet<IThreadPoolWorkItem>? _parked;
    private List<CancellationTokenRegistration>? _unparks;

    internal bool IsPaused => _isPaused;

    /// <summary>Starts no further nodes. Those that execute finish, retries included; time limits and waits go on.</summary>
    /// <returns>False when the run has ended, is cancelled or is paused already.</returns>
    public bool Pause()
    {
        using Held held = Hold();
        if (!IsAlive || _isPaused || _frame!.RunToken.IsCancellationRequested)
        {
            return false;
        }

        _isPaused = true;
        return true;
    }

    /// <summary>Goes on.</summary>
    /// <returns>False when the run is not paused.</returns>
    public bool Resume()
    {
        using (Hold())
        {
            if (!_isPaused)
            {
                return false;
            }

            _isPaused = false;
        }

        ReleaseParked();
        return true;
    }

    /// <summary>
    /// A part of the run is about to start a node. While it is parked it must not be touched by whoever may end it: it is put to work on the thread pool when it may go
    /// on, or has to end because its token is cancelled.
    /// </summary>
    /// <param name="part">What is to be put to work.</param>
    /// <param name="token">Its token.</param>
    internal Parking Park(IThreadPoolWorkItem part, CancellationToken token)
    {
        using (Hold())
        {
            if (!_isPaused || _frame is null || token.IsCancellationRequested || _frame.RunToken.IsCancellationRequested)
            {
                return Parking.Refused;
            }

            if (!(_parked ??= []).Add(part))
            {
                return Parking.Again;
            }
        }

        // It may be at work again from here on. What is cancelled does not stay paused.
        CancellationTokenRegistration unpark = token.UnsafeRegister(static state => ((FlowRun)state!).ReleaseParked(), this);
        bool isKept;
        using (Hold())
        {
            isKept = _frame is not null;
            if (isKept)
            {
                (_unparks ??= []).Add(unpark);
            }
        }

        if (!isKept)
        {
            unpark.Unregister();
        }

        return Parking.Parked;
    }

    /// <summary>A part that is parked goes on by itself.</summary>
    /// <returns>False when somebody is about to put it to work.</returns>
    internal bool TryUnpark(IThreadPoolWorkItem part)
    {
        using Held held = Hold();
        return _parked?.Remove(part) == true;
    }

    /// <summary>Puts everybody to work who waits for the run to go on; those who have to wait all the same come back.</summary>
    internal void ReleaseParked()
    {
        HashSet<IThreadPoolWorkItem>? parked;
        List<CancellationTokenRegistration>? unparks;
        using (Hold())
        {
            parked = _parked;
            unparks = _unparks;
            _parked = null;
            _unparks = null;
        }

        if (unparks is not null)
        {
            foreach (CancellationTokenRegistration unpark in unparks)
            {
                unpark.Unregister();
            }
        }

        if (parked is not null)
        {
            foreach (IThreadPoolWorkItem part in parked)
            {
                PoolWork.Queue(part);
            }
        }
    }

    /// <summary>What has become of a part that asked to be parked.</summary>
    internal enum Parking
    {
        /// <summary>The run is not paused, or must end: the part goes on.</summary>
        Refused,

        /// <summary>It is parked, and may be at work again.</summary>
        Parked,

        /// <summary>It was parked before.</summary>
        Again,
    }
}
