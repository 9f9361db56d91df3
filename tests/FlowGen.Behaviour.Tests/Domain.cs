namespace Behaviour;

// What most workflows of these tests pass around: an Ask goes in, an Answer comes out, letters in between.
internal sealed record Ask(int Number);

internal sealed record Answer(string Text);

internal sealed record One(int Number);

internal sealed record Two(int Number);

internal sealed record Three(int Number);

internal sealed record Four(int Number);

/// <summary>An error that only the test could have thrown.</summary>
internal sealed class BoomException(string message) : Exception(message);
