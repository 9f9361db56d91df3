using Crawl;
using Scenarios.Services;
using Scenarios.Stage;

namespace Scenarios.Stories;

internal static class S4
{
    public static async Task TellAsync(Teller teller)
    {
        await CrawlAsync(teller, "One page at a time", workers: 1);
        await CrawlAsync(teller, "Three pages at a time", workers: 3);
    }

    private static Task CrawlAsync(Teller teller, string title, int workers) => teller.SceneAsync(title, async scene =>
    {
        SmallSite site = new(scene.Clock);
        CrawlSite workflow = new(site) { Runtime = scene.Runtime };
        CrawlReport report = await scene.EndOf(workflow.RunAsync(new Site(SmallSite.Root), workers));

        scene.Expect("four pages come, one does not", new CrawlReport(Ok: 4, Failed: 1, Bytes: 4_000), report);
        scene.Expect("the flaky page takes three tries", 3, site.TriesOf("flaky"));
        scene.Expect("the dead page is given up after five", 5, site.TriesOf("dead"));
        scene.Expect($"{workers} at most are fetched at once", workers, site.MostOpen);
    });
}
