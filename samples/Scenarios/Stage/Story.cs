using FlowGen;

namespace Scenarios.Stage;

/// <summary>A scenario: its name, what it shows, what it looks like, and its scenes.</summary>
internal sealed record Story(string Name, string Title, FlowGraph Graph, Func<Teller, Task> TellAsync);
