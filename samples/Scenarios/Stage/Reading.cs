namespace Scenarios.Stage;

/// <summary>The program without its process: arguments in, text and an exit code out.</summary>
internal sealed class Reading(IReadOnlyList<Story> contents, TextWriter output, TextWriter errors)
{
    public const int AsTold = 0;
    public const int NotAsTold = 1;
    public const int NoSuchStory = 2;

    /// <param name="names">Stories to tell; none for all of them, <c>--help</c> for a list.</param>
    public async Task<int> RunAsync(params IReadOnlyList<string> names)
    {
        if (names.Any(name => name is "--help" or "-h"))
        {
            List(output);
            return AsTold;
        }

        if (names.FirstOrDefault(name => Find(name) is null) is { } unknown)
        {
            errors.WriteLine($"There is no story '{unknown}'.");
            List(errors);
            return NoSuchStory;
        }

        Teller teller = new(output);
        foreach (Story story in names.Count == 0 ? contents : names.Select(name => Find(name)!))
        {
            await teller.TellAsync(story);
        }

        output.WriteLine(teller.Differences == 0 ? "Everything went as told." : $"{teller.Differences} things went otherwise.");
        return teller.Differences == 0 ? AsTold : NotAsTold;
    }

    private Story? Find(string name) => contents.FirstOrDefault(story => string.Equals(story.Name, name, StringComparison.OrdinalIgnoreCase));

    private void List(TextWriter writer)
    {
        writer.WriteLine("Usage: Scenarios [story]...    Tells all stories, or those that are named:");
        foreach (Story story in contents)
        {
            writer.WriteLine($"  {story.Name}  {story.Title}");
        }

        writer.WriteLine("Exit codes: 0 everything went as told, 1 something did not, 2 there is no such story.");
    }
}
