using FlowGen;

namespace Broken;

public sealed record A;

[Workflow]
public sealed partial class NoEntry
{
    [Node]
    static A Make() => new();
}
