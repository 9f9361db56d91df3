using System.Collections.Concurrent;

namespace RandomGraphs.Stages;

/// <summary>
/// The base of every node class and state class of random workflows: knows to which activation it belongs, and notices when it is used by two,
/// cleaned twice, or cleaned though nobody used it.
/// </summary>
public abstract class Tracked
{
    private readonly Lock _lock = new();
    private Stage? _stage;
    private bool _wasUsed;

    protected Tracked() => Census.AddOrUpdate(Name, (1, 0), (_, counts) => (counts.Made + 1, counts.Taken));

    /// <summary>How many objects of each class were made, and how many activations have taken one. By name: a type would keep its assembly loaded.</summary>
    internal static ConcurrentDictionary<string, (int Made, int Taken)> Census { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong outside of any run, by class.</summary>
    internal static ConcurrentQueue<(string Class, string What)> Strays { get; } = new();

    internal string Owner { get; private set; } = "";

    private string Name => GetType().FullName!;

    /// <summary>Used by a node of the activation, or by the element, at a place.</summary>
    protected void Use(Place at) => Use(at.Stage, at.Path);

    /// <summary>Used by a node of the run.</summary>
    protected void UseInRun(Place at) => Use(at.Stage, "");

    /// <summary>Used by the only activation it will ever have.</summary>
    protected void UseOnce(Place at)
    {
        if (_wasUsed && Owner != at.Path)
        {
            at.Stage.Complain($"{GetType().Name} cannot be cleaned, and was used in '{Owner}' and then in '{at.Path}'");
        }

        if (!_wasUsed)
        {
            Census.AddOrUpdate(Name, (0, 1), (_, counts) => (counts.Made, counts.Taken + 1));
        }

        at.Stage.Use(this, at.Path, !_wasUsed, isCleaned: false);
        _wasUsed = true;
        Owner = at.Path;
    }

    /// <summary>What the constructor was given has to be there.</summary>
    protected static void Check(Place at, Tag? tag)
    {
        if (tag is null)
        {
            at.Stage.Complain("a node class was made without its tag");
        }
    }

    protected void Clean()
    {
        if (_stage is not { } stage)
        {
            Strays.Enqueue((Name, $"{GetType().Name} was cleaned though it was not in use"));
            return;
        }

        _stage = null;
        if (stage.Clean(this))
        {
            throw new InvalidOperationException($"cleanup of {GetType().Name}");
        }
    }

    protected async ValueTask CleanAsync()
    {
        await new Hop();
        Clean();
    }

    private void Use(Stage stage, string owner)
    {
        lock (_lock)
        {
            bool isNew = _stage is null;
            if (isNew)
            {
                (_stage, Owner) = (stage, owner);
                Census.AddOrUpdate(Name, (0, 1), (_, counts) => (counts.Made, counts.Taken + 1));
            }
            else if (_stage != stage || Owner != owner)
            {
                stage.Complain($"{GetType().Name} was used in '{owner}' while it belonged to '{Owner}'{(_stage == stage ? "" : " of another run")}");
            }

            stage.Use(this, owner, isNew, isCleaned: true);
        }
    }
}
