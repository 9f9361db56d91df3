namespace FlowGen.Testing;

/// <summary>The working tree that the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder of FlowGen.sln, found above the running tests.</summary>
    /// <exception cref="InvalidOperationException">The tests run elsewhere.</exception>
    public static string Root
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "FlowGen.sln")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new InvalidOperationException("No FlowGen.sln above the tests.");
        }
    }
}
