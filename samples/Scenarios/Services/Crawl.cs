using Crawl;
using Scenarios.Stage;

namespace Scenarios.Services;

/// <summary>A site of five pages, listed in two parts. One page comes at the third try, one never.</summary>
internal sealed class SmallSite(StoryClock clock) : IHttp
{
    private readonly Dictionary<Uri, int> _tries = [];
    private int _open;

    public static Uri Root { get; } = new("https://site.example/");

    public int MostOpen { get; private set; }

    public int TriesOf(string path) => _tries.GetValueOrDefault(new Uri(Root, path));

    public async ValueTask<Frontier> NextAsync(Frontier f, CancellationToken ct)
    {
        await clock.WorkAsync(10, ct);
        return f.Cursor == ""
            ? new Frontier([.. f.Urls, new Uri(Root, "a"), new Uri(Root, "flaky")], "2")
            : new Frontier([.. f.Urls, new Uri(Root, "dead"), new Uri(Root, "b")], Cursor: null);
    }

    public async ValueTask<Page> GetAsync(Uri u, CancellationToken ct)
    {
        _tries[u] = _tries.GetValueOrDefault(u) + 1;
        MostOpen = Math.Max(MostOpen, ++_open);
        try
        {
            await clock.WorkAsync(20, ct);
            bool fails = u.AbsolutePath == "/dead" || (u.AbsolutePath == "/flaky" && _tries[u] < 3);
            return fails ? throw new HttpRequestException($"{u} does not answer.") : new Page(u, 1_000);
        }
        finally
        {
            _open--;
        }
    }
}
