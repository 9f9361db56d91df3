using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>
/// The writing end of a stream of the run's handle. A node that has a parameter of this type sends items out while it runs; without a handle, or once it is disposed
/// of, they are discarded. Nodes that name the parameter alike write to the same stream.
/// </summary>
/// <typeparam name="T">Type of the items.</typeparam>
public readonly struct Emitter<T>
{
    private readonly FlowFrame? _frame;
    private readonly int _generation;
    private readonly int _stream;

    internal Emitter(FlowFrame frame, int stream)
    {
        _frame = frame;
        _generation = frame.Generation;
        _stream = stream;
    }
}
