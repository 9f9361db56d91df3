namespace Scenarios.Stage;

/// <summary>Tells stories: the graph first, then scene by scene.</summary>
internal sealed class Teller(TextWriter output)
{
    // Nodes may be told of from several threads.
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>How many things were not as told, in all stories.</summary>
    public int Differences { get; private set; }

    public async Task TellAsync(Story story)
    {
        _output.WriteLine($"=== {story.Name} {story.Title}");
        _output.WriteLine();
        _output.WriteLine(story.Graph.ToMermaid());
        await story.TellAsync(this);
    }

    public async Task SceneAsync(string title, Func<Scene, Task> play)
    {
        _output.WriteLine($"--- {title}");
        Scene scene = new(_output);
        await using (scene.Runtime)
        {
            try
            {
                await play(scene);
            }
            catch (Exception error)
            {
                scene.Differs(error);
            }
        }

        _output.WriteLine();
        Differences += scene.Differences;
    }
}
