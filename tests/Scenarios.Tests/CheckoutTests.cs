using Scenarios.Tests.Kit;
using Shop;

namespace Scenarios.Tests;

public sealed class CheckoutTests : ScenarioTest
{
    private static readonly Cart s_cart = new(Guid.NewGuid(), [new CartLine("kettle", 1, 30), new CartLine("cup", 4, 5)]);

    private readonly Inventory _inventory;
    private readonly Payments _payments;
    private readonly Mailer _mailer;
    private readonly Checkout _workflow;

    public CheckoutTests()
    {
        _inventory = new Inventory(this);
        _payments = new Payments(this);
        _mailer = new Mailer(this);
        _workflow = new Checkout(_inventory, _payments, _mailer) { Runtime = Runtime };
    }

    [Fact]
    public async Task A_cart_is_reserved_paid_closed_and_mailed()
    {
        Receipt receipt = await _workflow.RunAsync(s_cart).Soon();

        Assert.Equal(50, receipt.Total);
        Assert.Equal("reserve charge mail", Journal.ToString());
        Assert.Equal(
            [
                "run started", "Price Executing", "Price Completed", "Reserve Executing", "Reserve Completed", "Charge Executing", "Charge Completed",
                "Close Executing", "Close Completed", "Mail Executing", "Mail Completed", "run Completed",
            ],
            Observer.Lines);
    }

    [Fact]
    public async Task Payments_that_are_unavailable_are_tried_again_with_growing_delays()
    {
        _payments.Outages = 2;
        Task<Receipt> run = _workflow.RunAsync(s_cart).AsTask();
        Assert.Equal("Executing Waiting", Observer.StatesOf("Charge"));

        // Jitter takes up to half of a delay away: the second try comes after 100 to 200 ms, the third after 300 to 600.
        Clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(1, Journal.Count("charge"));
        Clock.Advance(TimeSpan.FromMilliseconds(101));
        Assert.Equal(2, Journal.Count("charge"));
        Clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(2, Journal.Count("charge"));
        Clock.Advance(TimeSpan.FromMilliseconds(301));

        Assert.Equal(50, (await run.Soon()).Total);
        Assert.Equal("reserve charge charge charge mail", Journal.ToString());
        Assert.Equal("Executing Waiting Executing Waiting Executing Completed", Observer.StatesOf("Charge"));
    }

    [Fact]
    public async Task It_gives_up_after_three_further_tries()
    {
        _payments.Outages = 100;
        Task<Receipt> run = _workflow.RunAsync(s_cart).AsTask();
        Clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<PaymentUnavailableException>(() => run.Soon());
        Assert.Equal("reserve charge charge charge charge", Journal.ToString());
        Assert.Equal("Cancelled", Observer.StatesOf("Close"));
        Assert.Equal("run Failed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task Another_failure_of_payments_is_final()
    {
        BoomException boom = new();
        _payments.Answered.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => _workflow.RunAsync(s_cart).Soon()));
        Assert.Equal("reserve charge", Journal.ToString());
    }

    [Fact]
    public async Task Paying_may_take_five_seconds()
    {
        _payments.Answered = new Gate();
        Task<Receipt> run = _workflow.RunAsync(s_cart).AsTask();
        Clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.Equal(1, _payments.Answered.Waiting);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("'Charge' of workflow 'checkout'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _payments.Answered.Waiting);
        Assert.Equal("reserve charge", Journal.ToString());
    }

    [Fact]
    public async Task Every_try_has_five_seconds_of_its_own()
    {
        _payments.Answered = new Gate();
        _payments.Outages = 1;
        Task<Receipt> run = _workflow.RunAsync(s_cart).AsTask();
        Clock.Advance(TimeSpan.FromSeconds(4));
        _payments.Answered.Release();
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        await _payments.Answered.ReachedBy(2);
        Clock.Advance(TimeSpan.FromSeconds(4));
        _payments.Answered.Release();

        Assert.Equal(50, (await run.Soon()).Total);
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_mailed_is_a_receipt()
    {
        _mailer.Answered.Fail(new BoomException());

        Assert.Equal(50, (await _workflow.RunAsync(s_cart).Soon()).Total);
        Assert.Equal("Executing Failed", Observer.StatesOf("Mail"));
        Assert.Equal("run Completed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task It_has_not_ended_before_the_mail_is_sent()
    {
        _mailer.Answered = new Gate();
        Task<Receipt> run = _workflow.RunAsync(s_cart).AsTask();
        await _mailer.Answered.Reached;
        Assert.False(run.IsCompleted);

        await _mailer.Answered.OpenElsewhere();
        Assert.Equal(50, (await run.Soon()).Total);
    }

    [Fact]
    public async Task What_cannot_be_reserved_is_not_paid()
    {
        BoomException boom = new();
        _inventory.Answered.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => _workflow.RunAsync(s_cart).Soon()));
        Assert.Equal("reserve", Journal.ToString());
    }

    [Fact]
    public async Task It_can_be_cancelled_while_it_pays()
    {
        _payments.Answered = new Gate();
        using CancellationTokenSource cts = new();
        Task<Receipt> run = _workflow.RunAsync(s_cart, cts.Token).AsTask();
        await _payments.Answered.Reached;
        await cts.CancelAsync();

        await IsCancelled(run, cts.Token);
        Assert.Equal("Executing Cancelled", Observer.StatesOf("Charge"));
        Assert.Equal("run Cancelled", Observer.Lines[^1]);
    }

    [Fact]
    public async Task It_can_be_cancelled_between_two_tries()
    {
        _payments.Outages = 100;
        using CancellationTokenSource cts = new();
        Task<Receipt> run = _workflow.RunAsync(s_cart, cts.Token).AsTask();
        await cts.CancelAsync();

        await IsCancelled(run, cts.Token);
        Assert.Equal("reserve charge", Journal.ToString());
    }

    private static Gate Opened()
    {
        Gate gate = new();
        gate.Open();
        return gate;
    }

    private sealed class Inventory(CheckoutTests test) : IInventory
    {
        public Gate Answered { get; } = Opened();

        public ValueTask<Reservation> ReserveAsync(Order o, CancellationToken ct)
        {
            test.Journal.Add("reserve");
            return Answered.Wait(new Reservation(o.Id), ct);
        }

        public ValueTask ReleaseAsync(Reservation r) => default;
    }

    private sealed class Payments(CheckoutTests test) : IPayments
    {
        public Gate Answered { get; set; } = Opened();

        public int Outages { get; set; }

        public async ValueTask<Payment> ChargeAsync(Guid order, decimal amount, CancellationToken ct)
        {
            test.Journal.Add("charge");
            await Answered.Wait(ct);
            return Outages-- > 0 ? throw new PaymentUnavailableException() : new Payment(order, amount);
        }

        public ValueTask RefundAsync(Payment p) => default;
    }

    private sealed class Mailer(CheckoutTests test) : IMailer
    {
        public Gate Answered { get; set; } = Opened();

        public ValueTask SendAsync(Receipt r, CancellationToken ct)
        {
            test.Journal.Add("mail");
            return Answered.Wait(ct);
        }
    }
}
