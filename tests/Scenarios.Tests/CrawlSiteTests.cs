using Crawl;
using Scenarios.Tests.Kit;

namespace Scenarios.Tests;

public sealed class CrawlSiteTests : ScenarioTest
{
    private static readonly Site s_site = new(new Uri("https://site.example/"));

    private readonly Http _http;

    public CrawlSiteTests() => _http = new Http(this);

    [Fact]
    public async Task It_goes_from_list_to_list_until_there_is_no_next_one()
    {
        _http.Lists = 3;
        _http.Fetched.Open();

        Assert.Equal(new CrawlReport(Ok: 4, Failed: 0, Bytes: 400), await Start(workers: 1).Soon());
        Assert.Equal("next: next:1 next:2 /0 /1 /2 /3", Journal.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task As_many_pages_are_fetched_at_once_as_there_are_workers(int workers)
    {
        _http.Lists = 4;
        Task<CrawlReport> run = Start(workers);
        for (int page = 0; page < 5; page++)
        {
            await _http.Fetched.ReachedBy(Math.Min(5, page + workers));
            Assert.Equal(Math.Min(workers, 5 - page), _http.Fetched.Waiting);
            _http.Fetched.Release();
        }

        Assert.Equal(5, (await run.Soon()).Ok);
        Assert.Equal(workers, _http.Fetched.MostWaiting);
    }

    [Fact]
    public async Task A_page_that_does_not_answer_is_tried_again_while_others_go_on()
    {
        _http.Fetched.Open();
        _http.Outages["/1"] = 2;
        Task<CrawlReport> run = Start(workers: 2);
        Assert.Equal("next: /0 /1", Journal.ToString());

        Clock.Advance(TimeSpan.FromMilliseconds(124));
        Assert.Equal(1, Journal.Count("/1"));
        Clock.Advance(TimeSpan.FromMilliseconds(126));
        Assert.Equal(2, Journal.Count("/1"));
        Clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(new CrawlReport(Ok: 2, Failed: 0, Bytes: 200), await run.Soon());
        Assert.Equal(3, Journal.Count("/1"));
    }

    [Fact]
    public async Task A_page_that_never_answers_is_given_up_and_counted()
    {
        _http.Lists = 2;
        _http.Fetched.Open();
        _http.Outages["/1"] = 100;
        Task<CrawlReport> run = Start(workers: 1);
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new CrawlReport(Ok: 2, Failed: 1, Bytes: 200), await run.Soon());
        Assert.Equal("next: next:1 /0 /1 /1 /1 /1 /1 /2", Journal.ToString());
        Assert.Equal("run Completed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task A_page_may_take_ten_seconds()
    {
        Task<CrawlReport> run = Start(workers: 2);
        await _http.Fetched.ReachedBy(2);
        Clock.Advance(TimeSpan.FromSeconds(9));
        _http.Fetched.Release();
        Assert.Equal(1, _http.Fetched.Waiting);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new CrawlReport(Ok: 1, Failed: 1, Bytes: 100), await run.Soon());
        Assert.Equal(0, _http.Fetched.Waiting);
    }

    [Fact]
    public async Task A_crawl_may_take_thirty_minutes()
    {
        _http.Listed = new Gate();
        Task<CrawlReport> run = Start(workers: 1);
        await _http.Listed.Reached;
        Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        Assert.False(run.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains(CrawlSite.Descriptor.Id, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _http.Listed.Waiting);
        Assert.Equal("run Failed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task Lists_that_never_end_are_an_error()
    {
        _http.Lists = int.MaxValue;

        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => Start(workers: 1).Soon());
        Assert.Equal("Discover", error.NodePath);
        Assert.Equal(500, Journal.Entries.Count);
    }

    [Fact]
    public async Task Without_a_list_there_is_no_report()
    {
        BoomException boom = new();
        _http.Listed.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => Start(workers: 1).Soon()));
        Assert.Equal("Cancelled", Observer.StatesOf("Report"));
    }

    [Fact]
    public async Task It_can_be_cancelled_while_it_fetches()
    {
        _http.Lists = 4;
        using CancellationTokenSource cts = new();
        Task<CrawlReport> run = Start(workers: 2, cts.Token);
        await _http.Fetched.ReachedBy(2);
        await cts.CancelAsync();

        // A cancelled page is not a failed one.
        await IsCancelled(run, cts.Token);
        Assert.Equal(2, _http.Fetched.Arrivals);
        Assert.Equal(0, _http.Fetched.Waiting);
        Assert.Equal("Cancelled", Observer.StatesOf("Report"));
    }

    [Fact]
    public async Task It_can_be_cancelled_between_two_tries()
    {
        _http.Fetched.Open();
        _http.Outages["/0"] = 100;
        using CancellationTokenSource cts = new();
        Task<CrawlReport> run = Start(workers: 1, cts.Token);
        Assert.Equal("next: /0", Journal.ToString());
        await cts.CancelAsync();

        await IsCancelled(run, cts.Token);
        Assert.Equal("next: /0", Journal.ToString());
    }

    private Task<CrawlReport> Start(int workers, CancellationToken ct = default)
        => new CrawlSite(_http) { Runtime = Runtime }.RunAsync(s_site, workers, ct).AsTask();

    /// <summary>Each list adds a page: /1, /2, ... to the root, which is /0 here.</summary>
    private sealed class Http(CrawlSiteTests test) : IHttp
    {
        public int Lists { get; set; } = 1;

        public Gate Listed { get; set; } = Opened();

        public Gate Fetched { get; } = new();

        public Dictionary<string, int> Outages { get; } = new(StringComparer.Ordinal);

        public ValueTask<Frontier> NextAsync(Frontier f, CancellationToken ct)
        {
            test.Journal.Add($"next:{f.Cursor}");
            int number = f.Urls.Count;
            return Listed.Wait(new Frontier([.. f.Urls, new Uri(s_site.Root, $"{number}")], number < Lists ? $"{number}" : null), ct);
        }

        public async ValueTask<Page> GetAsync(Uri u, CancellationToken ct)
        {
            string path = u == s_site.Root ? "/0" : u.AbsolutePath;
            test.Journal.Add(path);
            await Fetched.Wait(ct);
            int outages = Outages.GetValueOrDefault(path);
            Outages[path] = outages - 1;
            return outages > 0 ? throw new HttpRequestException(path) : new Page(u, 100);
        }

        private static Gate Opened()
        {
            Gate gate = new();
            gate.Open();
            return gate;
        }
    }
}
