namespace Scenarios.Tests.Kit;

/// <summary>An error that only the test could have thrown.</summary>
internal sealed class BoomException(string message = "boom") : Exception(message);
