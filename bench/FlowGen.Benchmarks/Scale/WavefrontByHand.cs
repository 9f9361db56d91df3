using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scale;

/// <summary>
/// The wavefront on the thread pool as one would write it by hand: a work item for each node, which counts down those after it. Nobody can cancel it, a node that throws
/// takes the process down, and one object serves one run at a time.
/// </summary>
internal sealed class WavefrontByHand
{
    private readonly Node[,] _nodes;
    private readonly ManualResetEventSlim _done = new();

    public WavefrontByHand(int width)
    {
        _nodes = new Node[width, width];
        for (int row = width - 1; row >= 0; row--)
        {
            for (int column = width - 1; column >= 0; column--)
                _nodes[row, column] = new Node(this, column + 1 < width ? _nodes[row, column + 1] : null, row + 1 < width ? _nodes[row + 1, column] : null);
        }
    }

    /// <summary>From the seed: each node takes those to its left and above it.</summary>
    public int Run(int seed)
    {
        _done.Reset();
        foreach (Node node in _nodes)
            node.Reset();
        _nodes[0, 0].Add(seed);
        for (int i = 1; i < _nodes.GetLength(0); i++)
        {
            _nodes[0, i].Add(seed);
            _nodes[i, 0].Add(seed);
        }

        _nodes[0, 0].Add(seed);
        _done.Wait();
        return _nodes[_nodes.GetLength(0) - 1, _nodes.GetLength(1) - 1].Value;
    }

    private sealed class Node(WavefrontByHand wavefront, Node? right, Node? below) : IThreadPoolWorkItem
    {
        private int _open;
        private int _sum;

        public int Value { get; private set; }

        public void Reset() => (_open, _sum) = (2, 0);

        public void Add(int value)
        {
            Interlocked.Add(ref _sum, value);
            if (Interlocked.Decrement(ref _open) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            Value = Busy.Work(_sum);
            right?.Add(Value);
            below?.Add(Value);
            if (right is null && below is null)
                wavefront._done.Set();
        }
    }
}
