namespace FlowGen;

/// <content>Pausing: no further node starts, until the run is resumed or cancelled.</content>
public abstract partial class FlowRun
{
    private volatile bool _isPaused;
    private List<IThreadPoolWorkItem>? _parked;
    private CancellationTokenRegistration _unpark;

    internal bool IsPaused => _isPaused;

    /// <summary>Starts no further nodes. Those that execute finish, retries included; time limits and waits go on.</summary>
    /// <returns>False when the run has ended or is paused already.</returns>
    public bool Pause()
    {
        CancellationToken token;
        using (Hold())
        {
            if (!IsAlive || _isPaused)
            {
                return false;
            }

            _isPaused = true;
            token = _frame!.RunToken;
        }

        // A run that is cancelled does not stay paused.
        _unpark = token.UnsafeRegister(static state => ((FlowRun)state!).ReleaseParked(), this);
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

        _unpark.Unregister();
        ReleaseParked();
        return true;
    }

    /// <summary>A frame of the run is about to start a node.</summary>
    /// <returns>True when it has to wait; it is put to work on the thread pool when it may go on, and must not be touched before.</returns>
    internal bool TryPark(IThreadPoolWorkItem frame)
    {
        using Held held = Hold();
        if (!_isPaused || _frame is null || _frame.RunToken.IsCancellationRequested)
        {
            return false;
        }

        (_parked ??= []).Add(frame);
        return true;
    }

    /// <summary>Puts everybody to work who waits for the run to go on; those who have to wait all the same come back.</summary>
    internal void ReleaseParked()
    {
        List<IThreadPoolWorkItem>? parked;
        using (Hold())
        {
            parked = _parked;
            _parked = null;
        }

        foreach (IThreadPoolWorkItem frame in parked ?? [])
        {
            ThreadPool.UnsafeQueueUserWorkItem(frame, preferLocal: false);
        }
    }
}
